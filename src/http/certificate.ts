// The certificate of HTTPS: read at the start, and again when the process is told to (SIGHUP), so that a renewed one serves
// from the next connection on without a restart.

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SecureContextOptions, Server } from 'node:tls';

/** The oldest protocol that is spoken. */
const TLS_VERSION_MIN = 'TLSv1.2';

export interface CertificateFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Reads a certificate and its key (PEM), as a server takes them; throws where they are none, or don't belong together. */
export function readCertificate({ certFile, keyFile }: CertificateFiles): SecureContextOptions {
  const cert = readFileSync(certFile, 'utf8');
  const key = readFileSync(keyFile, 'utf8');
  // A server would take an empty file, and then refuse every caller.
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) {
    throw new Error('the key is not that of the certificate');
  }
  return { cert, key, minVersion: TLS_VERSION_MIN };
}

/** Gives a running server the certificate that its files hold now; the old one stays where they are wrong. */
export function renewCertificate(server: unknown, files: CertificateFiles): void {
  (server as Server).setSecureContext(readCertificate(files));
}
