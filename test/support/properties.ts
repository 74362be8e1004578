// fast-check as the tests use it. A failure prints its seed; FC_SEED=… repeats it, since every property of the run then
// starts from that seed. Import fc from here, never from the package, or the seed has no effect.

import fc from 'fast-check';

const seed = process.env['FC_SEED'];
if (seed !== undefined && seed !== '') {
  if (!/^-?\d+$/.test(seed)) throw new Error(`FC_SEED is not a whole number: ${seed}`);
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
}

export { fc };
