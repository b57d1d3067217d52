import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { REAL_CITY } from './real-city.js';

/** The folder of a town's data; null where it is not here. */
export function cityFolderOf(town: string): string | null {
  const folder = town === 'contagem' ? REAL_CITY : join(import.meta.dirname, '../geocoding/towns', town);
  return existsSync(folder) ? folder : null;
}
