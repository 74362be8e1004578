// The certificate of the settings, or one clear message.

import type { SecureContextOptions } from 'node:tls';
import { type CertificateFiles, readCertificate } from '../http/certificate.ts';
import { CommandError } from './command-context.ts';

export function certificateOf(files: CertificateFiles): SecureContextOptions {
  try {
    return readCertificate(files);
  } catch (error) {
    throw new CommandError(`TLS_CERT and TLS_KEY: ${error instanceof Error ? error.message : error}`);
  }
}
