import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BasePointRecord, TagRecord } from '../../src/emulator/records.js';
import { createStore, type PlantStore } from '../../src/emulator/store/memory-store.js';
import { distanceM } from '../../src/emulator/store/places.js';

const AT = '2024-05-06T07:08:09.000Z';
const counter = (prefix: string) => {
  let last = 0;
  return () => prefix + String(++last).padStart(24 - prefix.length, '0');
};
const tag = (name: string): TagRecord => ({ id: name, name, allowedTypes: [], createdAt: AT, updatedAt: AT });
const pole = (id: string, lat: number, lng: number): BasePointRecord => ({
  ...{ id, kind: 'Pole', name: id, project: 'p', coords: [lng, lat], adjacents: [], tags: [] },
  ...{ createdAt: AT, updatedAt: AT },
});
const names = (store: PlantStore) => [...store.all('tags')].map(({ name }) => name);
const addTag = (store: PlantStore, name: string) => store.write((tx) => tx.insert('tags', { name, allowedTypes: [] }));

describe('a store in memory', () => {
  let store: PlantStore;
  beforeEach(async () => {
    store = await createStore({ ids: counter('a'), now: () => new Date(AT) });
    store.load('tags', ['one', 'two', 'three'].map(tag));
  });

  it('gives new records the next id and the hour of its clock', async () => {
    expect(await addTag(store, 'four')).toEqual({ ...tag('four'), id: 'a'.padEnd(23, '0') + 1 });
  });

  it('takes a failed write back whole, each record in its old place', async () => {
    const write = store.write((tx) => {
      tx.remove('tags', 'two');
      tx.update('tags', 'one', { name: 'changed' });
      tx.insert('tags', { name: 'four', allowedTypes: [] });
      tx.remove('tags', 'one');
      throw new Error('no');
    });
    await expect(write).rejects.toThrow('no');
    expect(names(store)).toEqual(['one', 'two', 'three']);
  });

  it('keeps the order of creation when a removal is undone, in look-ups by field too', async () => {
    const client = (code: string) => ({
      ...{
        kind: 'ftth' as const,
        code,
        project: 'p',
        implanted: false,
        certified: false,
        status: 0 as const,
        tags: [],
      },
      onu: { user_PPPoE: '', serial_number: '', mac_address: '' },
    });
    const [first, second] = await store.write((tx) => [
      tx.insert('ftth-clients', client('7')),
      tx.insert('ftth-clients', client('7')),
    ]);
    await store
      .write((tx) => {
        tx.update('ftth-clients', first?.id ?? '', { code: '8' });
        throw new Error('no');
      })
      .catch(() => {});
    expect(store.where('ftth-clients', 'code', '7')).toEqual([first, second]);
    expect(store.where('ftth-clients', 'code', '8')).toEqual([]);
    await store.write((tx) => tx.update('ftth-clients', first?.id ?? '', { code: '8' }));
    expect(store.where('ftth-clients', 'code', '7')).toEqual([second]);
    expect(store.where('ftth-clients', 'code', '8')).toHaveLength(1);
  });

  it('removes a field that is set to undefined, and refuses to change what is not there', async () => {
    await store.write((tx) => tx.update('tags', 'one', { external_id: 'x' }));
    await store.write((tx) => tx.update('tags', 'one', { external_id: undefined } as never));
    expect(store.get('tags', 'one')).not.toHaveProperty('external_id');
    await expect(store.write((tx) => tx.update('tags', 'none', {}))).rejects.toThrow('none');
  });
});

describe('Store.near', () => {
  it('finds what lies within the radius, nearest first, as a walk over everything does', async () => {
    const store = await createStore();
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const poles = Array.from({ length: 3_000 }, (_, i) => pole(`p${i}`, -19.9 + random() / 50, -44 + random() / 50));
    store.load('base-points', poles);
    for (const radiusM of [0, 40, 150, 1_000, 100_000]) {
      const at = { lat: -19.9 + random() / 50, lng: -44 + random() / 50 };
      const expected = poles
        .map(({ id, coords }) => ({ id, away: distanceM(at, { lat: coords[1], lng: coords[0] }) }))
        .filter(({ away }) => away <= radiusM)
        .sort((a, b) => a.away - b.away);
      expect(store.near('base-points', at, radiusM).map(({ record }) => record.id)).toEqual(
        expected.map(({ id }) => id),
      );
    }
  });

  it('follows a record that moves or goes', async () => {
    const store = await createStore();
    store.load('base-points', [pole('p', 1, 1)]);
    await store.write((tx) => tx.update('base-points', 'p', { coords: [2, 2] }));
    expect(store.near('base-points', { lat: 1, lng: 1 }, 500)).toEqual([]);
    expect(store.near('base-points', { lat: 2, lng: 2 }, 500)).toHaveLength(1);
    await store.write((tx) => tx.remove('base-points', 'p'));
    expect(store.near('base-points', { lat: 2, lng: 2 }, 500)).toEqual([]);
  });
});

describe('a store in a data folder', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'emulator-store-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));
  const open = async (seed: string[] = ['one']) => {
    const store = await createStore({ dataDir });
    store.load('tags', seed.map(tag));
    return { store, opened: store.begin() };
  };

  it('puts its writes on top of the same seed when it is opened again', async () => {
    const { store } = await open(['one', 'two']);
    const { id } = await addTag(store, 'three');
    await store.write((tx) => tx.update('tags', id, { name: 'drei' }));
    await store.write((tx) => tx.remove('tags', 'one'));
    await store.close();
    const again = await open(['one', 'two']);
    expect(names(again.store)).toEqual(['two', 'drei']);
    expect(again.opened).toEqual({ replayed: 3, setAsidePath: null });
    await again.store.close();
  });

  it('drops a torn last line, and goes on behind the last whole one', async () => {
    const { store } = await open();
    await addTag(store, 'two');
    await store.close();
    await appendFile(join(dataDir, 'changes.jsonl'), '[["tags","x",{"id":"x","na');
    const again = await open();
    expect(names(again.store)).toEqual(['one', 'two']);
    await addTag(again.store, 'three');
    await again.store.close();
    const last = await open();
    expect(names(last.store)).toEqual(['one', 'two', 'three']);
    await last.store.close();
  });

  it('refuses a log whose middle cannot be read, and names the line', async () => {
    const { store } = await open();
    await addTag(store, 'two');
    await store.close();
    const path = join(dataDir, 'changes.jsonl');
    await writeFile(path, `${await readFile(path, 'utf8')}nonsense\n[]\n`);
    await expect(open()).rejects.toThrow('line 3');
  });

  it('sets the log of another seed aside and keeps it', async () => {
    const { store } = await open();
    await addTag(store, 'two');
    await store.close();
    const other = await open(['eins']);
    expect(names(other.store)).toEqual(['eins']);
    expect(other.opened.setAsidePath).toContain('changes-of-another-seed-1.jsonl');
    await other.store.close();
    expect((await readdir(dataDir)).sort()).toContain('changes-of-another-seed-1.jsonl');
  });

  it('belongs to one store at a time', async () => {
    const { store } = await open();
    await expect(createStore({ dataDir })).rejects.toThrow('another process');
    await store.close();
    await (await open()).store.close();
  });
});
