import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, pair } from '../../support/fleet.js';
import { besides, type RestBox } from '../../support/plant.js';
import { isBuilt } from '../../support/spawn-service.js';
import { until } from '../../support/until.js';
import { Boxes } from '../boxes.js';
import { changes, takeInventory } from '../inventory.js';
import { reserveAt } from '../reserve.js';

const TTL_HOURS = 6 / 3_600;
const CODES = ['EXPIRES-1', 'EXPIRES-2', 'EXPIRES-3', 'EXPIRES-4'];
const SOLD_AGAIN = 'SOLD-AGAIN';

interface Row {
  contract_code: string;
  state: string;
  owner_id: string;
}

describe.runIf(isBuilt && pair)('Reservations that end by themselves, over two processes', () => {
  let fleet: Fleet;
  beforeAll(async () => {
    if (pair) fleet = await pair.open({ RESERVATION_TTL_HOURS: String(TTL_HOURS) });
  });
  afterAll(() => fleet?.stop());

  /** Somebody else deletes the reservation and makes the same contract's client anew, at the same place. */
  async function sellAgain(code: string, box: RestBox): Promise<void> {
    const home = [...(await takeInventory(fleet.ozmap)).homes.values()].find(({ client }) => client?.code === code);
    await fleet.ozmap.api(`properties/${home?.id}`, { method: 'DELETE' });
    const { lat, lng } = besides(box);
    const body = { box: box.id, coords: [lng, lat], client: { code }, auto_connect: true };
    await fleet.ozmap.api('properties', { method: 'POST', body });
  }

  it('are withdrawn once each, and a client that others made under the code since is theirs', async () => {
    const boxes = new Boxes(fleet.at(0), fleet.ozmap);
    const offered = [];
    for (let n = 0; n <= CODES.length; n += 1) offered.push((await boxes.offered(2)).box);
    const [soldAgain, ...others] = offered as [RestBox, ...RestBox[]];
    const before = await takeInventory(fleet.ozmap);
    const first = await reserveAt(fleet.at(0), soldAgain, SOLD_AGAIN);
    await sellAgain(SOLD_AGAIN, soldAgain);
    const told = await Promise.all(others.map((box, n) => reserveAt(fleet.at(n), box, CODES[n] ?? '')));
    expect([first, ...told].map(({ held }) => held)).toEqual([SOLD_AGAIN, ...CODES]);

    const withdrawals = async (): Promise<Row[]> =>
      (await fleet.database?.query<Row>(
        `select contract_code, state, owner_id from ozmap_cnt.operation where action = 'reservation.withdraw' order by contract_code`,
      )) ?? [];
    const open = async () =>
      fleet.database?.query(
        `select 1 from ozmap_cnt.operation where state = 'PENDING' or (expires_at is not null and due_at is not null)`,
      );
    await until(async () => (await open())?.length === 0, 30_000);
    expect(await withdrawals()).toEqual([
      ...CODES.map((contract_code) => ({ contract_code, state: 'APPLIED', owner_id: 'system' })),
      { contract_code: SOLD_AGAIN, state: 'REFUSED', owner_id: 'system' },
    ]);
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect(after.clients.map(({ code }) => code)).toEqual([SOLD_AGAIN]);
    expect([after.homes.length, after.drops.length, after.ports.length, after.disturbed]).toEqual([1, 1, 1, []]);
  }, 120_000);
});
