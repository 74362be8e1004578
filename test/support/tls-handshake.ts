// What a server and a client of one version of TLS say to each other: the version that they speak then, or the server's
// refusal. The client speaks the old versions too, which Node's own settings would not.

import { once } from 'node:events';
import { connect, type SecureVersion } from 'node:tls';

export type Handshake =
  | { readonly agreed: true; readonly version: string | null }
  | { readonly agreed: false; readonly code: string | undefined };

export async function handshake(url: string, version: SecureVersion, ca: string): Promise<Handshake> {
  const { hostname, port } = new URL(url);
  const socket = connect({
    ...{ host: hostname, port: Number(port), ca },
    ...{ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' },
  });
  // One that comes after the handshake is nobody's concern.
  socket.on('error', () => undefined);
  try {
    await once(socket, 'secureConnect');
    return { agreed: true, version: socket.getProtocol() };
  } catch (error) {
    return { agreed: false, code: (error as NodeJS.ErrnoException).code };
  } finally {
    socket.destroy();
  }
}
