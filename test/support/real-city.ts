import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { available } from './available.js';

/** Streets, addresses and neighbourhoods of a real city: they lie beside this repository, not in it. */
export const REAL_CITY = resolve(import.meta.dirname, '../../../shared/data/contagem');

/** Whether the real city is here; `otherwise` ends the sentence that says what is not tried without it. */
export function hasRealCity(otherwise: string): boolean {
  return available(existsSync(`${REAL_CITY}/addresses.csv.gz`), `${REAL_CITY} is not here, so ${otherwise}`);
}
