// A certificate that signs itself, for servers on this machine: what trusts it trusts 127.0.0.1 and localhost.

import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM texts. */
  readonly cert: string;
  readonly key: string;
}

let made = 0;

export async function selfSignedCertificate(): Promise<Certificate> {
  // Certificates of one name could not be told apart by who trusts several.
  const name = `James test ${process.pid} ${++made}`;
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { cert, key };
}
