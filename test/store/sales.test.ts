import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reserve } from '../support/fake-plant.js';
import { engines, type Place } from '../support/journal-engines.js';
import { openJournal, type TestJournal } from '../support/open-journal.js';

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const HERE = { lat: -19.9, lng: -44.05 };

describe.each(engines)('Sales by link on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  let count = 0;
  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place);
  });
  afterAll(async () => {
    await journal?.stop();
    await place?.remove();
  });

  async function issued(contractCode = 'S-1', ownerId = 'u1', minutes = 15): Promise<string> {
    count += 1;
    await journal.sales.issue({ id: `sale-${count}`, ownerId, contractCode, expiresAt: inMinutes(minutes) });
    return `sale-${count}`;
  }
  async function opened(contractCode?: string, ownerId?: string): Promise<string> {
    const id = await issued(contractCode, ownerId);
    expect(await journal.sales.redeem(id, inMinutes(90))).toBe(true);
    return id;
  }
  const find = (id: string) => journal.sales.find(id, 'port.reserve');

  it('are opened by one of many, and never again', async () => {
    const id = await issued();
    const opens = await Promise.all(Array.from({ length: 10 }, () => journal.sales.redeem(id, inMinutes(90))));
    expect(opens.filter(Boolean)).toHaveLength(1);
    expect(await journal.sales.redeem(id, inMinutes(90))).toBe(false);
    expect(await journal.sales.redeem('never made', inMinutes(90))).toBe(false);
  });

  it('do nothing before they are opened, after their time and after their end', async () => {
    const waiting = await issued();
    expect(await find(waiting)).toBeNull();
    await journal.sales.redeem(waiting, inMinutes(-1));
    expect(await find(waiting)).toBeNull();
    const open = await opened();
    expect(await find(open)).toEqual({ places: [], sold: null });
    await journal.sales.end(open);
    await journal.sales.end(open);
    expect(await find(open)).toBeNull();
    expect(await journal.sales.addPlace(open, HERE, 3)).toBe(false);
  });

  it('end when their owner revokes the contract, opened or not, and those of others go on', async () => {
    const [waiting, open] = [await issued('S-2'), await opened('S-2')];
    const [ofAnother, ofAnotherContract] = [await opened('S-2', 'u2'), await opened('S-3')];
    expect(await journal.sales.revoke('u1', 'S-2')).toBe(2);
    expect(await journal.sales.redeem(waiting, inMinutes(90))).toBe(false);
    expect(await find(open)).toBeNull();
    expect(await find(ofAnother)).not.toBeNull();
    expect(await find(ofAnotherContract)).not.toBeNull();
    expect(await journal.sales.revoke('u1', 'S-2')).toBe(0);
  });

  it('take so many places and no more, however many come at once', async () => {
    const id = await opened();
    const taken = await Promise.all([1, 2, 3, 4, 5].map((n) => journal.sales.addPlace(id, { ...HERE, lat: n }, 3)));
    expect(taken.filter(Boolean)).toHaveLength(3);
    expect((await find(id))?.places).toHaveLength(3);
  });

  it('are sold by what was applied to the contract after they were opened, and tell by which key', async () => {
    const reserved = (code: string, key?: string) =>
      journal.run(reserve, { contractCode: code, boxId: 'b1' }, key ? { key } : {});
    await reserved('S-4');
    const id = await opened('S-4');
    expect((await find(id))?.sold).toBeNull();
    const later = await opened('S-5');
    await reserved('S-5', 'k5');
    expect((await find(later))?.sold).toEqual({ idempotencyKey: 'k5' });
    expect((await journal.sales.find(later, 'client.relocate'))?.sold).toBeNull();
  });

  it('are gone once their time is over or their person is erased', async () => {
    const [old, erased, kept] = [await issued('S-6', 'u1', -1), await opened('S-7'), await opened('S-8')];
    await journal.sweep();
    await journal.erase('S-7');
    const rows = (await journal.execute('select id from sale')) as { id: string }[];
    const ids = rows.map(({ id }) => id);
    expect(ids).toContain(kept);
    expect(ids).not.toContain(old);
    expect(ids).not.toContain(erased);
  });

  it('are the same for two processes', async () => {
    if (engine.name === 'PGlite') return;
    const other = await openJournal(place);
    const id = await opened('S-9');
    await other.sales.addPlace(id, HERE, 3);
    expect((await find(id))?.places).toEqual([HERE]);
    expect(await other.sales.redeem(id, inMinutes(90))).toBe(false);
    await other.sales.revoke('u1', 'S-9');
    expect(await find(id)).toBeNull();
    await other.stop();
  });
});
