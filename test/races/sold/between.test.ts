import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, fleets } from '../../support/fleet.js';
import type { RestBox } from '../../support/plant.js';
import { isBuilt } from '../../support/spawn-service.js';
import { until } from '../../support/until.js';
import { Boxes } from '../boxes.js';
import { changes, takeInventory } from '../inventory.js';
import { reserveAt } from '../reserve.js';
import { ThirdParty } from '../third-party.js';

interface Splitter {
  id: string;
  parent: string;
  isDrop: boolean;
  connectables: { output: (string | null)[] };
  ports: { blocked: boolean }[];
}

/** Long enough for another sale on a busy machine. */
const DELAY_MS = 2_000;
const CREATE = { method: 'POST', path: '^/api/v2/properties' };
const READ_BACK = { method: 'GET', path: '^/api/v2/properties\\?.*%22box%22' };

/** A delay does not care how many processes there are. */
const [kind] = fleets;

describe.runIf(isBuilt && kind)('A port that somebody else takes past us', () => {
  let fleet: Fleet;
  let boxes: Boxes;
  let others: ThirdParty;
  beforeAll(async () => {
    if (!kind) return;
    fleet = await kind.open();
    boxes = new Boxes(fleet.at(0), fleet.ozmap);
    others = new ThirdParty(fleet.ozmap);
  });
  afterEach(() => fleet.ozmap.clearFaults());
  afterAll(() => fleet?.stop());

  /** The first free port of a box. */
  async function freePort(box: RestBox) {
    for (const { id, parent, isDrop, connectables, ports } of await fleet.ozmap.all<Splitter>('splitters')) {
      const at = connectables.output.findIndex((fiber, index) => fiber === null && !ports[index]?.blocked);
      if (parent === box.id && isDrop && at >= 0) return { splitterId: id, port: at + 1 };
    }
    throw new Error('the box is full');
  }

  it('between our look and our write is told as PORT_TAKEN, or BOX_FULL where any port would have done', async () => {
    const [named, last] = [await boxes.withFreePorts(3), await boxes.withFreePorts(1)];
    const before = await takeInventory(fleet.ozmap);
    const port = await freePort(named);
    await fleet.ozmap.fault({ fault: 'delay', delayMs: DELAY_MS, match: CREATE, times: 2 });
    const callers = Promise.all([reserveAt(fleet.at(0), named, 'NAMED', port), reserveAt(fleet.at(0), last, 'LAST')]);
    await until(async () => (await fleet.ozmap.struck()) === 2);
    expect(await others.sell(named, { connector: port.splitterId, port: port.port })).toBe(true);
    expect(await others.sell(last)).toBe(true);
    expect(await callers).toMatchObject([
      { held: null, problem: { code: 'CONFLICT', reason: 'PORT_TAKEN' }, operation: { state: 'REFUSED' } },
      { held: null, problem: { code: 'CONFLICT', reason: 'BOX_FULL' }, operation: { state: 'REFUSED' } },
    ]);
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect(after.clients.map(({ code }) => code).sort()).toEqual([...others.sold].sort());
    expect([after.homes.length, after.drops.length, after.ports.length, after.disturbed]).toEqual([2, 2, 2, []]);
  });

  it('between our write and our look at it makes us take home, client and drop away again', async () => {
    const box = await boxes.withFreePorts(1);
    const before = await takeInventory(fleet.ozmap);
    const sold = others.sold.length;
    await fleet.ozmap.fault({ fault: 'delay', delayMs: DELAY_MS, match: READ_BACK, times: 1 });
    const caller = reserveAt(fleet.at(0), box, 'PULLED');
    await until(async () => (await fleet.ozmap.struck()) === 1);
    await others.pullOut('PULLED', box);
    expect(await caller).toMatchObject({
      held: null,
      problem: { code: 'CONFLICT', reason: 'BOX_FULL' },
      operation: { state: 'REFUSED' },
    });
    const after = changes(before, await takeInventory(fleet.ozmap));
    expect(after.clients.map(({ code }) => code)).toEqual(others.sold.slice(sold));
    expect([after.homes.length, after.drops.length, after.ports.length, after.disturbed]).toEqual([1, 1, 1, []]);
  });
});
