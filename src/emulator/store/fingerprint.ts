import { createHash } from 'node:crypto';
import { COLLECTIONS } from './shapes.js';
import type { Tables } from './tables.js';

/** Records hashed whole per collection, spread evenly: enough to notice another city or another seed, quick on a big one. */
const SAMPLES = 500;

/** A short text that differs when the seed differs: how many records there are, and what some of them say. */
export function fingerprint(tables: Tables): string {
  const hash = createHash('sha256');
  for (const name of COLLECTIONS) {
    const table = tables.of(name);
    hash.update(`${name} ${table.size}\n`);
    const step = Math.max(1, Math.floor(table.size / SAMPLES));
    let index = 0;
    for (const record of table.all()) if (index++ % step === 0) hash.update(`${JSON.stringify(record)}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
