import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { LRUCache } from 'lru-cache';
import { fromGeojsonVt } from 'vt-pbf';
import type { City, LatLng } from '../../city/city.js';

/** By its name, as the source writes it: `Av. JOAO CESAR DE OLIVEIRA`. */
const AVENUE = /^(av|avenida|rod|rodovia|via expressa|anel)\b/i;

/** Whether a street is drawn as an avenue. */
export function isAvenue(name: string | null): boolean {
  return name !== null && AVENUE.test(name);
}

/** Streets with their names, in the order that lets avenues be drawn over streets. */
function streetFeatures({ streets }: City): FeatureCollection {
  return collection(
    streets.map(({ name, path }) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: path.map(position) },
      properties: { ...(name !== null && { name }), kind: isAvenue(name) ? 'avenue' : 'street' },
    })),
  );
}

function neighbourhoodFeatures({ neighbourhoods }: City): FeatureCollection {
  return collection(
    neighbourhoods.map(({ name, polygons }) => ({
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map((ring) => ring.map(position))) },
      properties: { name },
    })),
  );
}

/** Each name once, at its place: an area is cut into tiles, and would say it in each. */
export function placeFeatures({ name, neighbourhoods }: City): FeatureCollection {
  const areas = neighbourhoods.flatMap(({ name, polygons }) => {
    const [largest] = polygons
      .flatMap(([outer]) => (outer?.length ? [massOf(outer)] : []))
      .toSorted((a, b) => b.area - a.area);
    return largest ? [{ name, kind: 'neighbourhood', at: largest.center }] : [];
  });
  const town = areas.length > 0 ? [{ name, kind: 'town', at: meanOf(areas.map(({ at }) => at)) }] : [];
  return collection([...areas, ...town].map(({ at, ...properties }) => point(at, properties)));
}

function meanOf(points: readonly LatLng[]): LatLng {
  const sum = points.reduce((a, b) => ({ lat: a.lat + b.lat, lng: a.lng + b.lng }));
  return { lat: sum.lat / points.length, lng: sum.lng / points.length };
}

/** Centre of mass of a closed ring, and its area in square degrees. */
function massOf(ring: readonly LatLng[]): { center: LatLng; area: number } {
  const near = meanOf(ring);
  let [area, lat, lng] = [0, 0, 0];
  for (const [index, to] of ring.entries()) {
    const from = ring[index - 1] ?? to;
    const a = { x: from.lng - near.lng, y: from.lat - near.lat };
    const b = { x: to.lng - near.lng, y: to.lat - near.lat };
    const cross = a.x * b.y - b.x * a.y;
    area += cross / 2;
    lng += ((a.x + b.x) * cross) / 6;
    lat += ((a.y + b.y) * cross) / 6;
  }
  const center = area === 0 ? near : { lat: near.lat + lat / area, lng: near.lng + lng / area };
  return { center, area: Math.abs(area) };
}

function doorFeatures({ addresses }: City): FeatureCollection {
  const numbered = addresses.filter(({ number }) => number !== null);
  return collection(numbered.map((door) => point(door, { number: door.number })));
}

function point(at: LatLng, properties: object): Feature<Geometry> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: position(at) }, properties: { ...properties } };
}

function collection(features: Feature<Geometry>[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function position({ lat, lng }: LatLng): [number, number] {
  return [lng, lat];
}

/** Coarser ones would hold a whole state, finer ones are drawn from the finest. */
const TILE_ZOOMS = { min: 10, max: 15 } as const;
const DOORS_FROM_ZOOM = 15;
const CACHED_BYTES = 32 * 1_024 * 1_024;
/** Of one that is empty, too. */
const ENTRY_BYTES = 512;

const compress = promisify(gzip);

interface Layer {
  name: string;
  fromZoom: number;
  features: (city: City) => FeatureCollection;
}

const LAYERS: readonly Layer[] = [
  { name: 'neighbourhoods', fromZoom: TILE_ZOOMS.min, features: neighbourhoodFeatures },
  { name: 'streets', fromZoom: TILE_ZOOMS.min, features: streetFeatures },
  { name: 'places', fromZoom: TILE_ZOOMS.min, features: placeFeatures },
  { name: 'doors', fromZoom: DOORS_FROM_ZOOM, features: doorFeatures },
];

/** Vector tiles. */
export interface Tiles {
  zooms: { min: number; max: number };
  /** Gzipped; null where there is nothing. */
  tile(z: number, x: number, y: number): Promise<Buffer | null>;
}

/** The city as vector tiles. Each layer is cut when it is first asked for: start-up does not wait for a map that may never be opened. */
export class CityTiles implements Tiles {
  readonly zooms = TILE_ZOOMS;
  readonly #indexes = new Map<string, GeoJSONVT>();

  constructor(private readonly city: City) {}

  async tile(z: number, x: number, y: number): Promise<Buffer | null> {
    const layers = LAYERS.filter(({ fromZoom }) => z >= fromZoom).flatMap((layer) => {
      const tile = this.#indexOf(layer).getTile(z, x, y);
      return tile && tile.features.length > 0 ? [[layer.name, tile] as const] : [];
    });
    if (layers.length === 0) return null;
    return compress(fromGeojsonVt(Object.fromEntries(layers), { version: 2 }));
  }

  #indexOf({ name, features }: Layer): GeoJSONVT {
    const index =
      this.#indexes.get(name) ??
      new GeoJSONVT(features(this.city), { maxZoom: TILE_ZOOMS.max, indexMaxZoom: 12, buffer: 64 });
    this.#indexes.set(name, index);
    return index;
  }
}

/** Both change with a restart, at most. */
const MAX_AGE_S = 3_600;

/** `{prefix}/{z}/{x}/{y}.pbf`: streets and what else a map's ground has. 204: nothing there. */
export function serveTiles(app: FastifyInstance, prefix: string, tiles: Tiles): void {
  const made = new LRUCache<string, { tile: Buffer | null }>({
    maxSize: CACHED_BYTES,
    sizeCalculation: ({ tile }) => ENTRY_BYTES + (tile?.length ?? 0),
  });
  const underWay = new Map<string, Promise<Buffer | null>>();
  // What could not be read is not kept, and tried again.
  const kept = async (z: number, x: number, y: number) => {
    const key = `${z}/${x}/${y}`;
    const known = made.get(key);
    if (known) return known.tile;
    const making = underWay.get(key) ?? tiles.tile(z, x, y).finally(() => underWay.delete(key));
    underWay.set(key, making);
    const tile = await making;
    made.set(key, { tile });
    return tile;
  };
  app.get<{ Params: { z: string; x: string; file: string } }>(`${prefix}/:z/:x/:file`, async (request, reply) => {
    const address = addressOf(request.params, tiles.zooms);
    if (!address) return reply.callNotFound();
    const tile = await kept(...address);
    reply.header('cache-control', `public, max-age=${MAX_AGE_S}`);
    if (!tile) return reply.code(204).send(null);
    const zipped = (request.headers['accept-encoding'] ?? '').includes('gzip');
    if (zipped) reply.header('content-encoding', 'gzip');
    return reply
      .header('vary', 'accept-encoding')
      .type('application/vnd.mapbox-vector-tile')
      .send(zipped ? tile : gunzipSync(tile));
  });
}

function addressOf(
  { z, x, file }: { z: string; x: string; file: string },
  { min, max }: Tiles['zooms'],
): [number, number, number] | null {
  const y = /^(\d{1,5})\.pbf$/.exec(file)?.[1];
  if (y === undefined || !/^\d{1,2}$/.test(z) || !/^\d{1,5}$/.test(x)) return null;
  const across = 2 ** Number(z);
  const there = Number(z) >= min && Number(z) <= max && Number(x) < across && Number(y) < across;
  return there ? [Number(z), Number(x), Number(y)] : null;
}
