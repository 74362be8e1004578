// A certificate that signs itself, for servers on this machine: what trusts it trusts 127.0.0.1 and localhost.

import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM texts. */
  readonly cert: string;
  readonly key: string;
}

export async function selfSignedCertificate(): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
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
  return { cert: made.cert, key: made.private };
}
