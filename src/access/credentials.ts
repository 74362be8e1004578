// Keys and what is kept of them. A key is shown once, to who makes it; what is stored is the hash of its James token,
// which itself is a hash of the key: a leaked database opens neither surface.

import { hash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses it, so a fast hash keeps it well. */
const KEY_BYTES = 32;

/** By which scanners for leaked secrets know one of ours. */
const KEY_PREFIX = 'james_';

export function newKey(): string {
  return KEY_PREFIX + randomBytes(KEY_BYTES).toString('base64url');
}

/** The James token of a key: its lower-case hexadecimal SHA-256. */
export function tokenOf(key: string): string {
  return hash('sha256', key, 'hex');
}

/** What is kept of a token. */
export function credentialHash(token: string): string {
  return hash('sha256', token, 'hex');
}
