import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FeatureCollection } from 'geojson';
import GeoJSONVT from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';
import type { City } from '../../city/city.js';
import { doorFeatures, neighbourhoodFeatures, streetFeatures } from './features.js';

/** Coarser ones would hold a whole state, finer ones are drawn from the finest. */
export const TILE_ZOOMS = { min: 10, max: 15 } as const;
const DOORS_FROM_ZOOM = 15;
/** Some 10 kB each. */
const MAX_CACHED = 1_000;

const compress = promisify(gzip);

interface Layer {
  name: string;
  fromZoom: number;
  features: (city: City) => FeatureCollection;
}

const LAYERS: readonly Layer[] = [
  { name: 'neighbourhoods', fromZoom: TILE_ZOOMS.min, features: neighbourhoodFeatures },
  { name: 'streets', fromZoom: TILE_ZOOMS.min, features: streetFeatures },
  { name: 'doors', fromZoom: DOORS_FROM_ZOOM, features: doorFeatures },
];

/** The city as vector tiles. Each layer is cut when it is first asked for: a start does not wait for a map that nobody opened. */
export class CityTiles {
  readonly #indexes = new Map<string, GeoJSONVT>();
  readonly #made = new Map<string, Promise<Buffer | null>>();

  constructor(private readonly city: City) {}

  /** Gzipped; null where there is nothing. */
  tile(z: number, x: number, y: number): Promise<Buffer | null> {
    const key = `${z}/${x}/${y}`;
    const tile = this.#made.get(key) ?? this.#make(z, x, y);
    // Last in, last out: what is looked at stays.
    this.#made.delete(key);
    this.#made.set(key, tile);
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= MAX_CACHED) break;
      this.#made.delete(oldest);
    }
    return tile;
  }

  async #make(z: number, x: number, y: number): Promise<Buffer | null> {
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
