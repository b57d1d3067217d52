import type { City, LatLng } from '../../city/city.js';
import { createRandom, type Random } from '../../city/generate.js';
import { indexNeighbourhoods, type NeighbourhoodIndex } from '../../city/neighbourhood-index.js';
import type { BaseRecord, CollectionName, Coords, Polygon, Records } from '../records.js';
import type { Store } from '../store/store.js';

/** The first second of the plant; everything in it happened after. */
const EPOCH_MS = Date.UTC(2021, 0, 4, 8);
const HOUR_MS = 3_600_000;

/** Any fixed number: it decides who lives where. */
const RANDOM_SEED = 20_210_104;

/** What every record begins with. */
export type Stamp = Pick<BaseRecord, 'id' | 'createdAt' | 'updatedAt' | 'creatorData'>;

/** The plant while it is being laid: plain arrays, ids from counters, one source of chance. */
export class Draft {
  private chance: Random = createRandom(RANDOM_SEED);
  readonly neighbourhoods: NeighbourhoodIndex;
  private readonly arrays = new Map<CollectionName, BaseRecord[]>();
  private readonly counters = new Map<string, number>();
  private readonly kinds: string[] = [];
  /** One text per moment, shared by all records of it. */
  private moment = new Date(EPOCH_MS).toISOString();
  creatorData: NonNullable<BaseRecord['creatorData']> = { id: '', name: '', username: '' };

  constructor(readonly city: City) {
    this.neighbourhoods = indexNeighbourhoods(city.neighbourhoods);
  }

  of<C extends CollectionName>(collection: C): Records[C][] {
    const array = this.arrays.get(collection) ?? [];
    this.arrays.set(collection, array);
    return array as unknown as Records[C][];
  }

  add<C extends CollectionName>(collection: C, record: Records[C]): Records[C] {
    this.of(collection).push(record);
    return record;
  }

  /** The next id of a kind. Shaped like MongoDB's: a kind has its own second, and its own count. */
  id(kind: string): string {
    let count = this.counters.get(kind);
    if (count === undefined) {
      this.kinds.push(kind);
      count = 0;
    }
    this.counters.set(kind, count + 1);
    const second = EPOCH_MS / 1_000 + this.kinds.indexOf(kind);
    return `${second.toString(16)}0f1b2a0000${count.toString(16).padStart(6, '0')}`;
  }

  stamp(kind: string, id = this.id(kind)): Stamp {
    return { id, createdAt: this.moment, updatedAt: this.moment, creatorData: this.creatorData };
  }

  readonly random: Random = () => this.chance();

  /** Goes on with the nth box: at its hour, and with chances of its own, so that what changes in one leaves the others as they were. */
  begin(box: number): void {
    this.setHour(box);
    this.chance = createRandom(RANDOM_SEED + box);
  }

  /** Moves the plant's clock to this many hours after its first second. */
  setHour(hour: number): void {
    this.moment = new Date(EPOCH_MS + hour * HOUR_MS).toISOString();
  }

  get now(): string {
    return this.moment;
  }

  /** One of a list by chance. */
  pick(list: readonly string[]): string {
    return list[Math.floor(this.random() * list.length)] ?? '';
  }

  loadInto(store: Store): void {
    for (const [collection, records] of this.arrays) store.load(collection, records as never);
  }
}

/** Degrees to the centimetre, so that a plant reads the same wherever it was laid. */
export function coordsOf({ lat, lng }: LatLng): Coords {
  return [round7(lng), round7(lat)];
}

/** A GeoJSON polygon of four corners, each asked for by its sides: -1 is west or south, 1 is east or north. */
export function rectangle(corner: (x: -1 | 1, y: -1 | 1) => Coords): Polygon {
  const corners = [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1), corner(-1, -1)];
  return { type: 'Polygon', coordinates: [corners] };
}

const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
