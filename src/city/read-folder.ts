import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import { getMunicipalityByCode } from '@brazilian-utils/brazilian-utils/get-municipality-by-code';
import type { City } from './city.js';
import { parseAddresses } from './read-addresses.js';
import { CityFolderError, findCityFile, getCityFile } from './read-file.js';
import { parseNeighbourhoods, parseStreets, property } from './read-geojson.js';

/** Where nothing tells: the state of the provider that this integration was first asked for. */
const DEFAULT_STATE = 'MG';

/**
 * Reads a real city from a folder of open data.
 *
 * Files:  `addresses.csv`, `streets.geojson` and `neighbourhoods.geojson`, each plain or with `.gz`; `city.json` with `{ "name", "state" }`.
 *         Without it the folder is called after its municipality (`contagem`, or IBGE's `3118601`).
 * Errors: CityFolderError: which file, which row or feature, what is wrong. `notes` says what was left out.
 */
export async function readCityFolder(folder: string): Promise<City & { notes: string[] }> {
  await assertFolder(folder);
  const [{ addresses, notes }, streets, neighbourhoods, named] = await Promise.all([
    getCityFile(folder, 'addresses.csv').then(parseAddresses),
    getCityFile(folder, 'streets.geojson').then(parseStreets),
    getCityFile(folder, 'neighbourhoods.geojson').then(parseNeighbourhoods),
    nameOf(folder),
  ]);
  return {
    name: named.name,
    state: named.state,
    streets: streets.items,
    addresses,
    neighbourhoods: neighbourhoods.items,
    notes: [...notes, ...streets.notes, ...neighbourhoods.notes, ...named.notes],
  };
}

async function assertFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) throw new CityFolderError(folder, 'is not a folder');
}

interface Named {
  name: string;
  state: string;
  notes: string[];
}

async function nameOf(folder: string): Promise<Named> {
  const file = await findCityFile(folder, 'city.json');
  if (!file) return namedAfter(basename(resolve(folder)));
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch (cause) {
    throw new CityFolderError(file.name, 'is not JSON', { cause });
  }
  const name: unknown = property(content, 'name');
  const state: unknown = property(content, 'state') ?? DEFAULT_STATE;
  if (typeof name !== 'string' || name.trim() === '') throw new CityFolderError(file.name, 'name is missing');
  if (typeof state !== 'string' || !/^[A-Z]{2}$/.test(state)) {
    throw new CityFolderError(file.name, 'state is not two capital letters');
  }
  return { name: name.trim(), state, notes: [] };
}

function namedAfter(folder: string): Named {
  const byCode = getMunicipalityByCode(folder);
  const plain = (text: string) => text.normalize('NFD').replace(/\P{L}/gu, '').toLowerCase();
  const [only, ...others] = byCode ? [byCode] : getMunicipalities().filter(({ name }) => plain(name) === plain(folder));
  if (only && others.length === 0) return { name: only.name, state: only.stateCode, notes: [] };
  const name = capitalised(folder);
  return { name, state: DEFAULT_STATE, notes: [`no city.json: taken for ${name} - ${DEFAULT_STATE}`] };
}

/** `vila-das-fibras` → `Vila das Fibras`. */
function capitalised(folder: string): string {
  return folder
    .split(/[-_\s]+/)
    .map((word) => (/^(d[aeo]s?|e)$/.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ');
}
