import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { City } from './city.js';
import { parseAddresses } from './read-addresses.js';
import { parseNeighbourhoods, parseStreets } from './read-features.js';
import { CityFolderError, findCityFile, getCityFile } from './read-file.js';

/** Where the data set tells nothing: the state of the provider that this integration was first asked for. */
const DEFAULT_STATE = 'MG';

/**
 * Reads a real city from a folder of open data.
 *
 * Files:  `addresses.csv`, `streets.geojson` and `neighbourhoods.geojson`, each plain or with `.gz`; optionally `city.json` with
 *         `{ "name", "state" }`. Without it the city is called after its folder and lies in Minas Gerais.
 * Errors: CityFolderError: which file, which row or feature, what is wrong.
 */
export async function readCityFolder(folder: string): Promise<City> {
  await assertFolder(folder);
  const [addresses, streets, neighbourhoods, named] = await Promise.all([
    getCityFile(folder, 'addresses.csv').then(parseAddresses),
    getCityFile(folder, 'streets.geojson').then(parseStreets),
    getCityFile(folder, 'neighbourhoods.geojson').then(parseNeighbourhoods),
    nameOf(folder),
  ]);
  return { ...named, streets, addresses, neighbourhoods };
}

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new CityFolderError(folder, 'is not a folder');
}

async function nameOf(folder: string): Promise<{ name: string; state: string }> {
  const file = await findCityFile(folder, 'city.json');
  if (!file) return { name: capitalised(basename(resolve(folder))), state: DEFAULT_STATE };
  let content: unknown;
  try {
    content = JSON.parse(file.bytes.toString('utf8'));
  } catch (cause) {
    throw new CityFolderError(file.name, 'is not JSON', { cause });
  }
  const read = (key: string) =>
    typeof content === 'object' && content !== null ? Reflect.get(content, key) : undefined;
  const name: unknown = read('name');
  const state: unknown = read('state') ?? DEFAULT_STATE;
  if (typeof name !== 'string' || name.trim() === '') throw new CityFolderError(file.name, 'name is missing');
  if (typeof state !== 'string' || !/^[A-Z]{2}$/.test(state)) {
    throw new CityFolderError(file.name, 'state is not two capital letters');
  }
  return { name: name.trim(), state };
}

/** `vila-das-fibras` → `Vila das Fibras`. */
function capitalised(folder: string): string {
  return folder
    .split(/[-_\s]+/)
    .map((word) => (/^(d[aeo]s?|e)$/.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
