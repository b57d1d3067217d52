import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { City, LatLng, Neighbourhood, StreetSegment } from './city.js';
import { type CityFile, CityFolderError, findCityFile, getCityFile, parseAddresses } from './read-file.js';

interface Feature {
  name: string | null;
  type: unknown;
  coordinates: unknown;
  fail: (problem: string) => CityFolderError;
}

/**
 * Reads street segments from GeoJSON: LineString or MultiLineString features, `properties.name` where the name is known.
 * Errors: CityFolderError with the feature, the first being feature 1.
 */
export function parseStreets(file: CityFile): StreetSegment[] {
  return featuresOf(file).flatMap(({ name, type, coordinates, fail }) => {
    if (type === 'LineString') return [{ name, path: pathOf(coordinates, 2, fail) }];
    if (type === 'MultiLineString') {
      return listOf(coordinates, fail).map((line) => ({ name, path: pathOf(line, 2, fail) }));
    }
    throw fail(`geometry is ${shown(type)}, expected LineString or MultiLineString`);
  });
}

/**
 * Reads neighbourhoods from GeoJSON: Polygon or MultiPolygon features with `properties.name`; those without a name are passed over.
 * Errors: CityFolderError with the feature, the first being feature 1.
 */
export function parseNeighbourhoods(file: CityFile): Neighbourhood[] {
  return featuresOf(file).flatMap(({ name, type, coordinates, fail }) => {
    const polygonOf = (rings: unknown) => listOf(rings, fail).map((ring) => pathOf(ring, 4, fail));
    if (type !== 'Polygon' && type !== 'MultiPolygon') {
      throw fail(`geometry is ${shown(type)}, expected Polygon or MultiPolygon`);
    }
    const polygons = type === 'Polygon' ? [polygonOf(coordinates)] : listOf(coordinates, fail).map(polygonOf);
    return name === null ? [] : [{ name, polygons }];
  });
}

function featuresOf(file: CityFile): Feature[] {
  let collection: unknown;
  try {
    collection = JSON.parse(file.bytes.toString('utf8'));
  } catch (cause) {
    throw new CityFolderError(file.name, 'is not JSON', { cause });
  }
  const features = property(collection, 'features');
  if (property(collection, 'type') !== 'FeatureCollection' || !Array.isArray(features)) {
    throw new CityFolderError(file.name, 'is not a GeoJSON FeatureCollection');
  }
  return features.map((feature: unknown, index) => {
    const name = property(property(feature, 'properties'), 'name');
    const geometry = property(feature, 'geometry');
    return {
      name: typeof name === 'string' && name.trim() !== '' ? name.trim() : null,
      type: property(geometry, 'type'),
      coordinates: property(geometry, 'coordinates'),
      fail: (problem: string) => new CityFolderError(file.name, `feature ${index + 1}: ${problem}`),
    };
  });
}

function listOf(value: unknown, fail: Feature['fail']): unknown[] {
  if (!Array.isArray(value)) throw fail('coordinates are not nested as the geometry type asks');
  return value;
}

function pathOf(value: unknown, least: number, fail: Feature['fail']): LatLng[] {
  const path = listOf(value, fail).map((position) => {
    const [lng, lat]: unknown[] = Array.isArray(position) ? position : [];
    if (!isDegrees(lat, 90) || !isDegrees(lng, 180))
      throw fail(`position ${shown(position)} is not [longitude, latitude]`);
    return { lat, lng };
  });
  if (path.length < least) throw fail(`has ${path.length} positions, expected at least ${least}`);
  return path;
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 60);
}

/** Default where the data set has none: the state of the provider that this integration was first asked for. */
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
