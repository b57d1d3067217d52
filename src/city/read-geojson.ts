import type { LatLng, Neighbourhood, StreetSegment } from './city.js';
import { type CityFile, CityFolderError, farFrom, LeftOut } from './read-file.js';

interface Feature extends Geometry {
  name: string | null;
}

/** A geometry as it was read, and how to refuse it. */
interface Geometry {
  type: unknown;
  coordinates: unknown;
  fail: (problem: string) => Error;
}

/** Under what open data put the name of a street or neighbourhood, in small letters. */
const NAMES =
  'name nome lg_nome nm_log nm_logradouro nome_logradouro nom_logradouro logradouro lograd rua street nm_bairro nome_bairro nom_bairro bairro no_bairro ds_nome denominacao'.split(
    ' ',
  );

export interface ReadFeatures<T> {
  items: T[];
  notes: string[];
}

/**
 * Reads street segments from GeoJSON: LineString or MultiLineString features, their name where it is known. Other features and those
 * without geometry are left out and counted.
 * Errors: CityFolderError, with the feature where there is one, the first being feature 1.
 */
export function parseStreets(file: CityFile): ReadFeatures<StreetSegment> {
  return readFeatures(
    file,
    ['LineString', 'MultiLineString'],
    ({ name, type, coordinates, fail }) => {
      const lines = type === 'LineString' ? [coordinates] : listOf(coordinates, fail);
      return lines.map((line) => ({ name, path: pathOf(line, 2, fail) }));
    },
    ({ path }) => path,
  );
}

/**
 * Reads neighbourhoods from GeoJSON: Polygon or MultiPolygon features with a name; those without are passed over.
 * Errors: CityFolderError, with the feature where there is one, the first being feature 1.
 */
export function parseNeighbourhoods(file: CityFile): ReadFeatures<Neighbourhood> {
  const read = readFeatures(
    file,
    ['Polygon', 'MultiPolygon'],
    ({ name, ...geometry }) => [{ name: name ?? '', polygons: polygonsOf(geometry) }],
    ({ polygons }) => polygons.flat(2),
  );
  const items = read.items.filter(({ name }) => name !== '');
  if (items.length === 0 && read.items.length > 0)
    throw new CityFolderError(
      file.name,
      `no feature has a name; it is looked for as ${NAMES.slice(0, 3).join(', ')}, … bairro`,
    );
  return { ...read, items };
}

/** The polygons of a Polygon or a MultiPolygon. Errors: what `fail` makes, of coordinates that are none. */
export function polygonsOf({ type, coordinates, fail }: Geometry): LatLng[][][] {
  const polygonOf = (rings: unknown) => listOf(rings, fail).map((ring) => pathOf(ring, 4, fail));
  return type === 'Polygon' ? [polygonOf(coordinates)] : listOf(coordinates, fail).map(polygonOf);
}

function readFeatures<T>(
  file: CityFile,
  types: readonly string[],
  read: (feature: Feature) => T[],
  pointsOf: (item: T) => LatLng[],
): ReadFeatures<T> {
  const leftOut = new LeftOut();
  const features = featuresOf(file);
  const items = features.flatMap((feature) => {
    const { type, coordinates } = feature;
    if (typeof type === 'string' && types.includes(type) && !isEmpty(coordinates))
      return read(feature).map((item) => ({ item, feature }));
    leftOut.add(typeof type === 'string' && !isEmpty(coordinates) ? type : 'without geometry');
    return [];
  });
  if (items.length === 0 && features.length > 0)
    throw new CityFolderError(
      file.name,
      `feature 1: geometry is ${shown(features[0]?.type)}, expected ${types.join(' or ')}`,
    );
  const isFar = farFrom(items.flatMap(({ item }) => pointsOf(item)));
  for (const { item, feature } of items) {
    const far = pointsOf(item).find(isFar);
    if (far) throw feature.fail(`position [${far.lng}, ${far.lat}] lies far from all others`);
  }
  return { items: items.map(({ item }) => item), notes: leftOut.notes(file.name) };
}

function isEmpty(coordinates: unknown): boolean {
  return !Array.isArray(coordinates) || coordinates.length === 0;
}

function featuresOf(file: CityFile): Feature[] {
  return rawFeatures(file).map((feature: unknown, index) => {
    const geometry = property(feature, 'geometry');
    return {
      name: nameOf(property(feature, 'properties')),
      type: property(geometry, 'type'),
      coordinates: property(geometry, 'coordinates'),
      fail: (problem: string) => new CityFolderError(file.name, `feature ${index + 1}: ${problem}`),
    };
  });
}

/** A FeatureCollection, or one feature in each line, as ogr2ogr and OpenAddresses write. */
function rawFeatures(file: CityFile): unknown[] {
  const lines = file.text.split('\n').filter((line) => line.trim() !== '');
  try {
    const collection: unknown = JSON.parse(file.text);
    const features = property(collection, 'features');
    if (property(collection, 'type') === 'FeatureCollection' && Array.isArray(features)) return features;
  } catch (cause) {
    try {
      const features: unknown[] = lines.map((line) => JSON.parse(line));
      if (features.length > 1 && features.every((feature) => property(feature, 'type') === 'Feature')) return features;
    } catch {
      // neither
    }
    throw new CityFolderError(file.name, 'is not JSON', { cause });
  }
  throw new CityFolderError(file.name, 'is not a GeoJSON FeatureCollection');
}

function nameOf(properties: unknown): string | null {
  if (typeof properties !== 'object' || properties === null) return null;
  const byName = new Map(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), value]));
  const name = NAMES.map((key) => byName.get(key)).find((value) => typeof value === 'string' && value.trim() !== '');
  return typeof name === 'string' ? name.trim() : null;
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

/** A property of what may be an object. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 60);
}
