import { randomBytes } from 'node:crypto';

/** Ids as MongoDB makes them: seconds, five random bytes per process, a counter. In order of creation they are in order of text. */
export function objectIds(now: () => Date): () => string {
  const machine = randomBytes(5).toString('hex');
  let counter = randomBytes(3).readUIntBE(0, 3) >> 1;
  return () => {
    counter = (counter + 1) % 0x1000000;
    const seconds = Math.floor(now().getTime() / 1000) % 0x100000000;
    return seconds.toString(16).padStart(8, '0') + machine + counter.toString(16).padStart(6, '0');
  };
}
