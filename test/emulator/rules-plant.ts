import { callerOf } from '../../src/emulator/auth/accounts.js';
import type {
  BoxRecord,
  ConnectorRecord,
  Coords,
  PropertyRecord,
  SystemConfigRecord,
} from '../../src/emulator/records.js';
import type { Body, Caller, Resource } from '../../src/emulator/resource.js';
import { poles } from '../../src/emulator/resources/base-points.js';
import { boxes } from '../../src/emulator/resources/boxes.js';
import { properties } from '../../src/emulator/resources/customers.js';
import { splitters } from '../../src/emulator/resources/equipment.js';
import { seedPlant } from '../../src/emulator/seed/seed.js';
import { createStore, type PlantStore } from '../../src/emulator/store/memory-store.js';

/** Metres to degrees near the equator's side of Minas Gerais, good enough for a street of a few hundred metres. */
const DEGREE_M = 111_195;
const START = { lat: -19.5, lng: -44.2 };
const POLE_GAP_M = 35;

/** A point so many metres east and north of the first pole. */
export function at(eastM: number, northM = 0): { lat: number; lng: number } {
  const perLng = DEGREE_M * Math.cos((START.lat * Math.PI) / 180);
  return { lat: START.lat + northM / DEGREE_M, lng: START.lng + eastM / perLng };
}

const coords = (point: { lat: number; lng: number }): Coords => [point.lng, point.lat];

/**
 * One street with twelve poles 35 m apart; boxes A and B in project "Sul" at poles 0 and 4, box N in "Norte" at pole 5. Each has a splitter
 * "Splitter 1" with four ports. Types, roles and users are the seed's.
 */
export class SmallPlant {
  poles: string[] = [];

  private constructor(readonly store: PlantStore) {}

  static async build(): Promise<SmallPlant> {
    const store = await createStore({ now: () => new Date('2024-05-06T07:08:09Z') });
    seedPlant(store, { name: 'Rua Só', state: 'MG', streets: [], addresses: [], neighbourhoods: [] });
    const plant = new SmallPlant(store);
    await store.write((tx) => {
      const [type] = [...tx.all('splitter-types')];
      if (!type) throw new Error('no splitter type');
      tx.update('splitter-types', type.id, { ratio: { input: 1, output: 4 } });
    });
    for (let index = 0; index < 12; index++) {
      const adjacents = plant.poles.slice(-1);
      const poleType = '5d7d2b3fdbc425449801709e';
      const pole = await plant.make(poles, { poleType, coords: coords(at(index * POLE_GAP_M)), adjacents });
      plant.poles.push(pole.id);
    }
    await plant.addBox('A', 0, 'Sul');
    await plant.addBox('B', 4, 'Sul');
    await plant.addBox('N', 5, 'Norte');
    return plant;
  }

  /** The owner of an API key. */
  caller(apiKey = 'demo'): Caller {
    const [user] = this.store.where('users', 'apiKey', apiKey);
    if (!user) throw new Error(`no user ${apiKey}`);
    return callerOf(user, this.store);
  }

  make<C extends Parameters<PlantStore['get']>[0]>(resource: Resource<C>, body: Body, caller = this.caller()) {
    return this.store.write((tx) => {
      if (!resource.create) throw new Error(`${resource.route} cannot be created`);
      return resource.create(tx, body, caller);
    });
  }

  change<C extends Parameters<PlantStore['get']>[0]>(
    resource: Resource<C>,
    id: string,
    body: Body,
    caller = this.caller(),
  ) {
    return this.store.write((tx) => {
      const record = tx.get(resource.collection, id);
      if (!record) throw new Error(`${resource.route} ${id} is gone`);
      resource.update?.(tx, record, body, caller);
    });
  }

  remove<C extends Parameters<PlantStore['get']>[0]>(resource: Resource<C>, id: string) {
    return this.store.write((tx) => {
      const record = tx.get(resource.collection, id);
      if (!record) throw new Error(`${resource.route} ${id} is gone`);
      resource.remove?.(tx, record, this.caller());
    });
  }

  async addBox(name: string, pole: number, project: string, extra: Body = {}): Promise<BoxRecord> {
    const box = await this.make(boxes, {
      name,
      project: this.project(project),
      boxType: '589ddcf07dfe452f10d7c274',
      implanted: true,
      hierarchyLevel: 3,
      pole: this.poles[pole],
      ...extra,
    });
    await this.addSplitter(box.id, 'Splitter 1');
    return box;
  }

  addSplitter(parent: string, name: string): Promise<ConnectorRecord> {
    const [type] = [...this.store.all('splitter-types')];
    return this.make(splitters, { parent, name, splitterType: type?.id, isDrop: true });
  }

  /** `POST properties` into a box, on its first free port unless the body says otherwise. */
  sell(box: string, code: string | null, body: Body = {}): Promise<PropertyRecord> {
    const client = code === null ? {} : { client: { code, implanted: false } };
    return this.make(properties, { box: this.box(box).id, auto_connect: true, ...at(20, 10), ...client, ...body });
  }

  setViability(settings: Partial<SystemConfigRecord['viability']>): Promise<void> {
    return this.store.write((tx) => {
      const [config] = [...tx.all('system-configs')];
      if (config) tx.update('system-configs', config.id, { viability: { ...config.viability, ...settings } });
    });
  }

  /** Sets fields of a record past every rule. */
  poke(collection: Parameters<PlantStore['get']>[0], id: string, patch: Body): Promise<unknown> {
    return this.store.write((tx) => tx.update(collection, id, patch as never));
  }

  project(name: string): string {
    return named(this.store.all('projects'), name).id;
  }
  box(name: string): BoxRecord {
    return named(this.store.all('boxes'), name);
  }
  splitter(box: string, name = 'Splitter 1'): ConnectorRecord {
    return named(this.store.where('equipment', 'parent', this.box(box).id), name);
  }
  property(id: string): PropertyRecord {
    const property = this.store.get('properties', id);
    if (!property) throw new Error(`the home ${id} is gone`);
    return property;
  }
  /** Codes (or "-" for a client-less home) on the ports of a box's splitter, null where free. */
  held(box: string, splitter = 'Splitter 1'): (string | null)[] {
    return this.splitter(box, splitter).connectables.output.map((fiberId) => {
      const fiber = fiberId ? this.store.get('fibers', fiberId) : undefined;
      if (!fiber) return null;
      const home = this.store.get('properties', this.store.get('cables', fiber.parent)?.boxB ?? '');
      return home?.client ? (this.store.get('ftth-clients', home.client)?.code ?? '?') : '-';
    });
  }
  /** How many of each there are, to see that nothing stray stays. */
  counts(): Record<string, number> {
    const count = (records: Iterable<unknown>) => [...records].length;
    const { store } = this;
    return {
      properties: count(store.all('properties')),
      clients: count(store.all('ftth-clients')),
      cables: count(store.all('cables')),
      fibers: count(store.all('fibers')),
    };
  }
}

function named<R extends { name?: string }>(records: Iterable<R>, name: string): R {
  for (const record of records) if (record.name === name) return record;
  throw new Error(`no ${name}`);
}
