import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, fleets } from '../../support/fleet.js';
import type { RestBox } from '../../support/plant.js';
import { isBuilt } from '../../support/spawn-service.js';
import { Boxes } from '../boxes.js';
import { changes, takeInventory } from '../inventory.js';
import { reserveAt, type Told, tally } from '../reserve.js';
import { ThirdParty } from '../third-party.js';

const CALLERS = 200;
const PORTS = 3;
const SAME = 50;

describe.runIf(isBuilt).each(fleets)('reservePort, by many at once, over $name', (kind) => {
  let fleet: Fleet;
  let boxes: Boxes;
  beforeAll(async () => {
    fleet = await kind.open();
    boxes = new Boxes(fleet.at(0), fleet.ozmap);
  });
  afterAll(() => fleet?.stop());

  it('sells the three ports of a box once each while somebody sells on it past us, and tells every loser why', async () => {
    const box = await boxes.withFreePorts(PORTS);
    const before = await takeInventory(fleet.ozmap);
    const others = new ThirdParty(fleet.ozmap);
    const startedAt = Date.now();
    const callers = Array.from({ length: CALLERS }, (_, n) => reserveAt(fleet.at(n), box, `W${n}`));
    const race = Promise.all(callers);
    await Promise.race(callers);
    await others.sellDuring(race, box, 50);
    const told = await race;
    const after = changes(before, await takeInventory(fleet.ozmap));
    print('one box', told, `, third party ${others.sold.length} of ${others.attempts}, ${Date.now() - startedAt} ms`);

    const ours = told.flatMap(({ held }) => (held === null ? [] : [held]));
    expect(ours.length + others.sold.length).toBe(PORTS);
    expect(after.clients.map(({ code }) => code).sort()).toEqual([...ours, ...others.sold].sort());
    expect(after.homes.map(({ client }) => client?.code).sort()).toEqual([...ours, ...others.sold].sort());
    expect(after.drops.sort()).toEqual(after.homes.map(({ id }) => id).sort());
    expect(
      new Set(after.homes.flatMap(({ connections }) => connections.map(({ id, port }) => `${id} ${port}`))),
    ).toEqual(new Set(after.ports));
    expect(after.ports).toHaveLength(PORTS);
    expect(after.disturbed).toEqual([]);
    // Who waited too long for the others is told so; nobody is told anything else.
    const { APPLIED, BOX_FULL = 0, BUSY = 0, ...else_ } = tally(told);
    expect([BOX_FULL + BUSY, else_]).toEqual([CALLERS - ours.length, {}]);
  }, 120_000);

  it('makes one client of a code that is asked for in fifty ways, on ten boxes, and tells the others that it is in use', async () => {
    const ten: RestBox[] = [];
    while (ten.length < 10) ten.push((await boxes.offered(1)).box);
    const wanted = Array.from({ length: SAME / 10 }, () => ten).flat();
    const before = await takeInventory(fleet.ozmap);
    const ask = (box: RestBox, n: number) => reserveAt(fleet.at(n), box, 'ONE-CODE', { observation: `caller ${n}` });
    const told = await Promise.all(wanted.map(ask));
    print('one code', told);
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect(after.clients.map(({ code }) => code)).toEqual(['ONE-CODE']);
    expect([after.homes.length, after.drops.length, after.ports.length, after.disturbed]).toEqual([1, 1, 1, []]);
    const { APPLIED, CODE_IN_USE = 0, IN_PROGRESS = 0, ...else_ } = tally(told);
    expect([APPLIED, CODE_IN_USE + IN_PROGRESS, else_]).toEqual([1, SAME - 1, {}]);
  });

  it('carries a command out once that comes fifty times with one key, and names its operation to all', async () => {
    const { box } = await boxes.offered(1);
    const before = await takeInventory(fleet.ozmap);
    const send = (n: number) => reserveAt(fleet.at(n), box, 'ONE-KEY', { idempotencyKey: 'one-key' });
    const told = await Promise.all(Array.from({ length: SAME }, (_, n) => send(n)));
    print('one key', told);
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect([after.homes.length, after.clients.length, after.drops.length, after.ports.length]).toEqual([1, 1, 1, 1]);
    const operations = new Set(told.map(({ operation, problem }) => operation?.id ?? problem?.operationId));
    expect(operations.size).toBe(1);
    const { APPLIED = 0, IN_PROGRESS = 0, ...else_ } = tally(told);
    expect([APPLIED > 0, APPLIED + IN_PROGRESS, else_]).toEqual([true, SAME, {}]);
    expect(await Promise.all(fleet.services.map((_, n) => send(n)))).toEqual(
      fleet.services.map(() => told.find(({ held }) => held !== null)),
    );
  });

  function print(what: string, told: readonly Told[], more = ''): void {
    process.stdout.write(`${kind.name}, ${what}: ${JSON.stringify(tally(told))}${more}\n`);
  }
});
