import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelClient } from '../../../src/commands/cancel-client.saga.js';
import { cancellationRecord } from '../../../src/commands/kit/records.js';
import type { Session } from '../../../src/commands/session.js';
import { undoCancellation } from '../../../src/commands/undo-cancellation.saga.js';
import { SEND, type Write } from '../../../src/domain/write.js';
import type { Ozmap, PropertyPatch } from '../../../src/ozmap/types.js';
import { active, freshCode, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant, type Row } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

/** A client as OZmap shows it, but for what it gives to every new one. */
async function recordOf(clientId: string): Promise<object> {
  const made = { id: '', createdAt: '', updatedAt: '' };
  return { ...(await plant.record('ftth-clients', clientId)), ...made };
}

/** An active contract whose client has all that OZmap keeps of one, and what it takes to undo its cancellation. */
async function cancelled(disconnectDrop = false) {
  const contract = await active(plant, { name: 'Casa 1', observation: 'cão bravo' }, await plant.freshSpot(3));
  const tag = (await plant.direct('POST', 'tags', { name: `tag ${contract.code}`, allowedTypes: ['client'] }))
    .json as Row;
  const equipped = await plant.direct('PATCH', `ftth-clients/${contract.clientId}`, {
    onu: { user_PPPoE: 'casa1@example', serial_number: 'ABCD12345678' },
    certified: true,
    status: 1,
    tags: [tag.id],
    cpe: { model: 'AC-1200' },
    external_id: `ext-${contract.code}`,
  });
  expect(equipped.json).toBeNull();
  const was = await recordOf(contract.clientId);
  const operation = new Operation(cancelClient, { contractCode: contract.code, disconnectDrop }, plant.session());
  await operation.run();
  const snapshot = cancellationRecord(operation.facts);
  const [left] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
  const [port] = contract.home.connections;
  if (!snapshot || !left || !port) throw new Error('nothing was cancelled');
  const undo = {
    operationId: 'op',
    contractCode: contract.code,
    cancelledAt: new Date().toISOString(),
    snapshot,
  };
  return { ...contract, undo, was, left, port };
}
type Cancelled = Awaited<ReturnType<typeof cancelled>>;

const homeOf = async (propertyId: string) => (await plant.ozmap.findPropertiesByIds([propertyId]))[0];
const sellPortOf = ({ port, spot }: Cancelled) =>
  reserved(plant, { splitterId: port.id, port: port.port }, { ...spot, boxId: spot.boxId });

/** The home as the cancellation left it, but for its history, and nobody carries the code. */
async function expectAsLeft({ propertyId, left, code }: Cancelled): Promise<void> {
  const untold = { history: [], updatedAt: null };
  expect({ ...(await homeOf(propertyId)), ...untold }).toEqual({ ...left, ...untold });
  expect(await plant.ozmap.findClientsByCodes([code])).toEqual([]);
}

/** The same OZmap, where some writes go otherwise. */
function rigged(changes: (ozmap: Ozmap) => Partial<Ozmap>): Session {
  const session = plant.session();
  return { ...session, ozmap: { ...session.ozmap, ...changes(session.ozmap) } };
}
function around<T>(write: Write<T>, before: () => Promise<unknown>, after: () => Promise<unknown> = before): Write<T> {
  const send = async () => {
    if (before !== after) await before();
    const sent = await write[SEND]();
    await after();
    return sent;
  };
  return { ...write, [SEND]: send };
}
/** Something happens right before, or right after, the write that restores the client. */
const meanwhile = (when: 'before' | 'after', happens: () => Promise<unknown>) => {
  const nothing = async () => {};
  return rigged((ozmap) => ({
    updateProperty: (id, patch) => {
      const write = ozmap.updateProperty(id, patch);
      if (!patch.client) return write;
      return when === 'before' ? around(write, happens, nothing) : around(write, nothing, happens);
    },
  }));
};
/** An OZmap that takes the code only of a client that it makes along with its home. */
const codeOnly = (more: (ozmap: Ozmap) => Partial<Ozmap> = () => ({})) =>
  rigged((ozmap) => ({
    updateProperty: (id: string, { client, ...patch }: PropertyPatch) =>
      ozmap.updateProperty(id, { ...patch, ...(client && { client: { code: client.code, implanted: true } }) }),
    ...more(ozmap),
  }));

describe('undoCancellation', () => {
  it.each([false, true])(
    'brings the client back with all it had, on its port, and the home without the mark (disconnected: %s)',
    async (disconnected) => {
      const { undo, was, ...contract } = await cancelled(disconnected);
      await plant.emulator.clearRequests();
      const { client, warnings } = await run(plant, undoCancellation, undo);
      expect(await plant.emulator.requestCount()).toBe(7);
      expect(await recordOf(client.id)).toEqual(was);
      expect(was).toMatchObject({ onu: { serial_number: 'ABCD12345678' }, status: 1, certified: true });
      expect(warnings).toEqual([]);
      const home = await homeOf(contract.propertyId);
      expect(home).toMatchObject({ clientId: client.id, dropId: contract.dropId, observation: null });
      expect(home?.connections).toEqual(contract.home.connections);
    },
  );

  it.each([false, true].flatMap((disconnected) => everyLoss(1).map((loss) => ({ ...loss, disconnected }))))(
    'ends the same when its write is lost $when (disconnected: $disconnected)',
    async ({ disconnected, ...loss }) => {
      const { undo, ...contract } = await cancelled(disconnected);
      const operation = new Operation(undoCancellation, undo, plant.session(), loss);
      const { client } = await operation.runToTheEnd();
      expect(await homeOf(contract.propertyId)).toMatchObject({ clientId: client.id, observation: null });
      expect(operation.steps).toHaveLength(loss.when === 'before' ? 2 : 1);
    },
  );

  it('keeps the home, its name and the box from others before it writes', async () => {
    const { undo, propertyId, spot, home } = await cancelled();
    const operation = new Operation(undoCancellation, undo, plant.session(), { step: 0, when: 'before' });
    await operation.run().catch(() => {});
    expect(home.externalId).not.toBeNull();
    expect(operation.kept).toEqual([
      { propertyIds: [propertyId, home.externalId], boxIds: [spot.boxId], takesPort: true },
    ]);
  });

  it.each(everyLoss(2))('writes what OZmap did not take along, also when step $step is lost $when', async (loss) => {
    const { undo, was } = await cancelled(true);
    const operation = new Operation(undoCancellation, undo, codeOnly(), loss);
    const { client } = await operation.runToTheEnd();
    expect(await recordOf(client.id)).toEqual(was);
    expect(new Set(operation.steps)).toEqual(new Set(['client.restore', 'client.complete']));
  });

  it.each([
    [true, ['drop.undo', 'property.remark', 'client.undo']],
    [false, ['property.remark', 'client.undo']],
  ])(
    'leaves all as the cancellation left it (off its port: %s) where OZmap takes no equipment, and names it',
    async (disconnected, wayBack) => {
      const contract = await cancelled(disconnected);
      const deaf = codeOnly((ozmap) => ({ updateClient: (id) => ozmap.updateClient(id, { name: 'Casa 1' }) }));
      const operation = new Operation(undoCancellation, contract.undo, deaf);
      const { code, details } = await refusal(operation.run());
      expect(code).toBe('UPSTREAM_UNEXPECTED_EFFECT');
      expect(details.map(({ field }) => field)).toEqual(
        expect.arrayContaining(['client.onu', 'client.status', 'client.certified', 'client.tags', 'client.cpe']),
      );
      await expectAsLeft(contract);
      expect(operation.steps.slice(2)).toEqual(wayBack);
    },
  );

  it.each(everyLoss(3))(
    'finishes its way back when its write $step is lost $when, and tells the same',
    async (loss) => {
      const contract = await cancelled(true);
      const deaf = codeOnly((ozmap) => ({ updateClient: (id) => ozmap.updateClient(id, {}) }));
      const operation = new Operation(undoCancellation, contract.undo, deaf, { ...loss, step: loss.step + 2 });
      expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
      expect((await operation.look()).seen).toBe('partly');
      expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
      await expectAsLeft(contract);
      expect((await operation.look()).seen).toBe('absent');
    },
  );

  it('is refused before a write: too late, code in use, home sold again or gone, port sold again or blocked', async () => {
    const refusedAs = async ({ undo }: Cancelled, session = plant.session()) => {
      const operation = new Operation(undoCancellation, undo, session);
      const { code, reason } = await refusal(operation.run());
      expect([operation.steps, operation.facts]).toEqual([[], {}]);
      return reason ?? code;
    };
    const late = { now: () => new Date(Date.now() + 25 * 3_600_000) };
    expect(await refusedAs(await cancelled(), plant.session(late))).toBe('UNDO_EXPIRED');

    const inUse = await cancelled();
    await plant.direct('POST', 'ftth-clients', { code: inUse.code });
    expect(await refusedAs(inUse)).toBe('CODE_IN_USE');

    const resold = await cancelled();
    await plant.direct('PATCH', `properties/${resold.propertyId}`, { client: { code: freshCode() } });
    expect(await refusedAs(resold)).toBe('PROPERTY_OCCUPIED');
    await plant.direct('DELETE', `properties/${resold.propertyId}`);
    expect(await refusedAs(resold)).toBe('NOT_FOUND');

    const freed = await cancelled(true);
    await sellPortOf(freed);
    expect(await refusedAs(freed)).toBe('PORT_NO_LONGER_FREE');

    const blocked = await cancelled(true);
    const blocking = rigged((ozmap) => ({
      findSplittersByIds: async (ids) =>
        (await ozmap.findSplittersByIds(ids)).map((splitter) => ({
          ...splitter,
          blocked: splitter.blocked.map((was, at) => was || at + 1 === blocked.port.port),
        })),
    }));
    expect(await refusedAs(blocked, blocking)).toBe('PORT_NO_LONGER_FREE');

    const moved = await cancelled();
    const { outputs, blocked: unsellable } = moved.spot.splitter;
    await plant.direct('PATCH', `properties/${moved.propertyId}`, {
      connector: moved.port.id,
      port: outputs.findLastIndex((output, at) => output === null && !unsellable[at]) + 1,
    });
    expect(await refusedAs(moved)).toBe('PORT_NO_LONGER_FREE');
  });

  it('takes all back where somebody got the port of the kept home before the write came', async () => {
    const contract = await cancelled();
    const evict = async () => {
      await plant.direct('POST', `cables/${contract.dropId}/fibers/disconnect`, {});
      await sellPortOf(contract);
    };
    const operation = new Operation(undoCancellation, contract.undo, meanwhile('before', evict));
    expect(await refusal(operation.run())).toMatchObject({ reason: 'PORT_NO_LONGER_FREE' });
    await expectAsLeft({ ...contract, left: { ...contract.left, connections: [] } });
    const steps = operation.steps.length;
    expect(await refusal(operation.run())).toMatchObject({ reason: 'PORT_NO_LONGER_FREE' });
    expect(operation.steps).toHaveLength(steps);
  });

  it('gives way to who is on the port, where OZmap lets two homes claim it', async () => {
    const contract = await cancelled(true);
    let rival: string | null = null;
    const claimed = rigged((ozmap) => ({
      updateProperty: (id, patch) => {
        const write = ozmap.updateProperty(id, patch);
        const sell = async () => {
          rival ??= (await reserved(plant, {}, contract.spot)).propertyId;
        };
        return patch.client ? around(write, async () => {}, sell) : write;
      },
      // The one who came second has the fibre.
      findPropertiesByBoxIds: async (ids) =>
        (await ozmap.findPropertiesByBoxIds(ids)).map((home) =>
          home.id === rival ? { ...home, connections: [{ ...contract.port, fiberId: 'theirs' }] } : home,
        ),
      findSplittersByIds: async (ids) =>
        (await ozmap.findSplittersByIds(ids)).map((splitter) =>
          rival === null ? splitter : { ...splitter, outputs: splitter.outputs.map(() => 'theirs') },
        ),
    }));
    expect(await refusal(run(plant, undoCancellation, contract.undo, claimed))).toMatchObject({
      reason: 'PORT_NO_LONGER_FREE',
    });
    await expectAsLeft(contract);
  });

  it('takes its client away again where OZmap gave the code to two', async () => {
    const contract = await cancelled(true);
    const twice = rigged((ozmap) => ({
      findClientsByCodes: async (codes) =>
        (await ozmap.findClientsByCodes(codes)).flatMap((client) => [client, { ...client, id: 'theirs' }]),
    }));
    expect(await refusal(run(plant, undoCancellation, contract.undo, twice))).toMatchObject({ reason: 'CODE_IN_USE' });
    await expectAsLeft(contract);
  });

  it('says that the client is not where it was to be, where OZmap made it without its home', async () => {
    const { undo, code } = await cancelled(true);
    const homeless = rigged((ozmap) => ({
      updateProperty: (id, { client, ...patch }) => {
        const make = async () => client && plant.direct('POST', 'ftth-clients', { code: client.code, implanted: true });
        return around(ozmap.updateProperty(id, patch), make);
      },
    }));
    expect(await refusal(run(plant, undoCancellation, undo, homeless))).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'client' }],
    });
    expect(await plant.ozmap.findClientsByCodes([code])).toHaveLength(1);
  });

  it('is told why OZmap refuses the write, by who came first', async () => {
    const [home, code, port] = [await cancelled(true), await cancelled(true), await cancelled(true)];
    const told = async ({ undo }: Cancelled, happens: () => Promise<unknown>) => {
      const operation = new Operation(undoCancellation, undo, meanwhile('before', happens));
      return (await refusal(operation.run())).reason;
    };
    const sellHome = () => plant.direct('PATCH', `properties/${home.propertyId}`, { client: { code: freshCode() } });
    expect(await told(home, sellHome)).toBe('PROPERTY_OCCUPIED');
    expect(await told(code, () => plant.direct('POST', 'ftth-clients', { code: code.code }))).toBe('CODE_IN_USE');
    expect(await told(port, () => sellPortOf(port))).toBe('PORT_NO_LONGER_FREE');
    await expectAsLeft(port);
  });

  it('leaves a client where somebody put it while the answer was lost, and says so', async () => {
    const { undo, propertyId, port, spot } = await cancelled(true);
    const operation = new Operation(undoCancellation, undo, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const { outputs, blocked } = spot.splitter;
    const other = outputs.findLastIndex((output, at) => output === null && !blocked[at]) + 1;
    await plant.direct('PATCH', `properties/${propertyId}`, { connector: port.id, port: other });
    expect(await refusal(operation.run())).toMatchObject({ details: [{ field: 'connection' }] });
    const home = await homeOf(propertyId);
    expect(home).toMatchObject({ client: { code: undo.contractCode }, connections: [{ port: other }] });
  });

  it('lays a new drop where the old one is gone, and takes it up again on the way back', async () => {
    const [whole, half] = [await cancelled(), await cancelled()];
    for (const { dropId } of [whole, half]) await plant.direct('DELETE', `drops/${dropId}`);
    await run(plant, undoCancellation, whole.undo);
    expect(await homeOf(whole.propertyId)).toMatchObject({
      boxId: whole.spot.boxId,
      connections: [{ id: whole.port.id, port: whole.port.port }],
    });
    const left = (await homeOf(half.propertyId)) ?? half.left;
    const deaf = codeOnly((ozmap) => ({ updateClient: (id) => ozmap.updateClient(id, {}) }));
    await refusal(run(plant, undoCancellation, half.undo, deaf));
    await expectAsLeft({ ...half, left });
  });

  it('keeps what somebody wrote into the home meanwhile, both ways', async () => {
    const [there, back] = [await cancelled(), await cancelled(true)];
    const write = ({ propertyId, left }: Cancelled) =>
      plant.direct('PATCH', `properties/${propertyId}`, { observation: `portão azul\n${left.observation}` });
    await write(there);
    await run(plant, undoCancellation, there.undo);
    expect((await homeOf(there.propertyId))?.observation).toBe('portão azul');
    const session = codeOnly((ozmap) => ({
      updateClient: (id) =>
        around(ozmap.updateClient(id, {}), async () => {
          await plant.direct('PATCH', `properties/${back.propertyId}`, { observation: 'portão azul' });
        }),
    }));
    await refusal(run(plant, undoCancellation, back.undo, session));
    expect((await homeOf(back.propertyId))?.observation).toBe(`portão azul\n${back.left.observation}`);
  });

  it.each(everyLoss(1))('makes a client that had no home anew, also when the answer is lost $when', async (loss) => {
    const code = freshCode();
    const { json } = await plant.direct('POST', 'ftth-clients', { code, implanted: true, onu: { mac_address: 'a1' } });
    const cancel = new Operation(cancelClient, { contractCode: code }, plant.session());
    await cancel.run();
    const snapshot = cancellationRecord(cancel.facts);
    if (!snapshot) throw new Error('nothing was cancelled');
    const undo = { operationId: 'op', contractCode: code, cancelledAt: new Date().toISOString(), snapshot };
    const operation = new Operation(undoCancellation, undo, plant.session(), loss);
    const { client, warnings } = await operation.runToTheEnd();
    expect(client).toMatchObject({ code, extras: { onu: { mac_address: 'a1' } } });
    expect(client.id).not.toBe((json as Row).id);
    expect(warnings).toEqual(['NO_PROPERTY']);
    // Whoever else has the code later is not what it made.
    await plant.direct('DELETE', `ftth-clients/${client.id}`);
    await plant.direct('POST', 'ftth-clients', { code });
    expect((await operation.look()).seen).toBe(loss.when === 'before' ? 'absent' : 'partly');
  });

  it('restores by the record of an earlier release, which knew nothing of equipment', async () => {
    const { undo, propertyId, clientId, dropId } = await cancelled();
    const { extras: _, ...earlier } = undo.snapshot;
    const snapshot = cancellationRecord({ snapshot: JSON.parse(JSON.stringify(earlier)) });
    if (!snapshot) throw new Error('the record is not read');
    await run(plant, undoCancellation, { ...undo, snapshot });
    expect(await leftOf(plant, { clientId, propertyId, dropId })).toMatchObject({
      client: null,
      property: { client: { code: undo.contractCode, name: 'Casa 1' } },
    });
  });
});
