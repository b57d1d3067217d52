import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePort } from '../../../src/commands/change-port.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { firstFreePort, isFull } from '../../../src/domain/port-choice.js';
import { SEND } from '../../../src/domain/write.js';
import type { Ozmap, Property } from '../../../src/ozmap/types.js';
import { active, fiberOn, freshCode, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, memoryOf, Operation } from '../operation.js';
import { openPlant, type Plant, type Spot } from '../plant.js';

type Contract = Awaited<ReturnType<typeof reserved>>;

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

/** A spot from which OZmap offers another box too. */
async function spotWithNeighbour(minFree = 2): Promise<{ spot: Spot; other: Spot }> {
  for (;;) {
    const spot = await plant.freshSpot(minFree);
    const { boxes } = await plant.ozmap.viabilityByRadius({ location: spot.location });
    for (const box of boxes) {
      if (box.id === spot.boxId || box.availability < 2) continue;
      const splitter = (await plant.ozmap.findSplittersByBoxIds([box.id])).find((candidate) => candidate.isDrop);
      if (splitter) return { spot, other: { boxId: box.id, location: spot.location, splitter } };
    }
  }
}

/** The drops that end at a home, past our client. */
async function dropsOf(propertyId: string): Promise<number> {
  const filter = encodeURIComponent(JSON.stringify([{ property: 'boxB', operator: '=', value: propertyId }]));
  const { json } = await plant.direct('GET', `cables?filter=${filter}`);
  return (json as { rows: unknown[] }).rows.length;
}

describe('changePort', () => {
  it('moves the client to another box, with its one drop, and frees the old port', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await active(plant, {}, spot);
    await plant.emulator.clearRequests();
    const { client, property } = await run(plant, changePort, { contractCode: contract.code, boxId: other.boxId });
    expect((await plant.emulator.requests()).length).toBeLessThanOrEqual(7);
    expect(client).toMatchObject({ id: contract.clientId, implanted: true });
    expect(property).toMatchObject({ id: contract.propertyId, boxId: other.boxId });
    expect(property.connections).toHaveLength(1);
    const old = contract.home.connections[0];
    expect(await fiberOn(plant, old?.id ?? '', old?.port ?? 0)).toBeNull();
    expect(await dropsOf(contract.propertyId)).toBe(1);
  });

  it('moves it to another port of its own box', async () => {
    const contract = await reserved(plant, {}, await plant.freshSpot(3));
    const old = contract.home.connections[0];
    const [splitter] = await plant.ozmap.findSplittersByIds([old?.id ?? '']);
    const port = (splitter?.outputs.lastIndexOf(null) ?? -1) + 1;
    const input = { contractCode: contract.code, boxId: contract.spot.boxId, splitterId: old?.id ?? '', port };
    const { property } = await run(plant, changePort, input);
    expect(property.connections).toMatchObject([{ id: old?.id, port }]);
    expect(await fiberOn(plant, old?.id ?? '', old?.port ?? 0)).toBeNull();
  });

  it('writes nothing when the client is there already', async () => {
    const contract = await reserved(plant);
    const input = { contractCode: contract.code, boxId: contract.spot.boxId };
    const operation = new Operation(changePort, input, plant.session());
    await operation.run();
    expect(operation.steps).toEqual([]);
  });

  it('moves it within its box where another port or splitter is named than it is on', async () => {
    const contract = await reserved(plant, {}, await plant.freshSpot(3));
    const { id: splitterId = '', port } = contract.home.connections[0] ?? {};
    const input = { contractCode: contract.code, boxId: contract.spot.boxId, splitterId };
    const steps = async (named: object) => {
      const operation = new Operation(changePort, { ...input, ...named }, plant.session());
      await operation.run();
      return operation.steps;
    };
    expect(await steps({ port })).toEqual([]);
    expect(await steps({})).toEqual([]);
    const last = contract.spot.splitter.outputs.lastIndexOf(null) + 1;
    expect(await steps({ port: last })).toEqual(['property.move']);
  });

  it('leads its drop another way, on the port that it has', async () => {
    const { code, spot, dropId, home } = await reserved(plant);
    const box = (await plant.ozmap.findBoxesByIds([spot.boxId]))[0]?.location ?? spot.location;
    const [pole] = await plant.ozmap.findPolesNear(box, 60, 1);
    if (!pole) throw new Error('no pole near the box');
    const input = { contractCode: code, boxId: spot.boxId, dropPath: [spot.location, pole.location, box] };
    const { property } = await run(plant, changePort, input);
    expect(property).toMatchObject({ dropId, connections: home.connections });
    expect((await plant.ozmap.findDropsByIds([dropId]))[0]?.poleIds).toEqual([pole.id]);
  });

  it('keeps its home and its old box from others: the way back stays open', async () => {
    const { spot, other } = await spotWithNeighbour();
    const { code, propertyId } = await reserved(plant, {}, spot);
    const operation = new Operation(changePort, { contractCode: code, boxId: other.boxId }, plant.session());
    await operation.run();
    expect(operation.kept).toEqual([{ propertyIds: [propertyId], boxIds: [spot.boxId] }]);
  });

  it('refuses a held port, a box not offered there and a client without home', async () => {
    const { spot, other } = await spotWithNeighbour();
    const neighbour = await reserved(plant, {}, other);
    const contract = await reserved(plant, {}, spot);
    const held = neighbour.home.connections[0];
    const input = { contractCode: contract.code, boxId: other.boxId };
    const onHeld = run(plant, changePort, { ...input, splitterId: held?.id ?? '', port: held?.port ?? 0 });
    expect(await refusal(onHeld)).toMatchObject({ reason: 'PORT_TAKEN' });
    const far = '0123456789abcdef01234567';
    expect(await refusal(run(plant, changePort, { ...input, boxId: far }))).toMatchObject({
      reason: 'BOX_NOT_OFFERED',
    });
    const homeless = freshCode();
    await plant.direct('POST', 'ftth-clients', { code: homeless });
    expect(await refusal(run(plant, changePort, { ...input, contractCode: homeless }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it.each(everyLoss(1))('ends on one port with one drop when step $step is lost $when', async (loss) => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const input = { contractCode: contract.code, boxId: other.boxId };
    const operation = new Operation(changePort, input, plant.session(), loss);
    const { property } = await operation.runToTheEnd();
    expect(property.boxId).toBe(other.boxId);
    expect(property.connections).toHaveLength(1);
    expect(await dropsOf(contract.propertyId)).toBe(1);
    expect(operation.steps).toHaveLength(loss.when === 'before' ? 2 : 1);
  });

  /** A session with an OZmap that leads the drop to the new box and forgets to connect it, the first time; then this happens. */
  const forgetful = (boxId: string, meanwhile: () => Promise<unknown> = async () => {}) => {
    const session = plant.session();
    let moves = 0;
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      moves += 1;
      if (moves > 1) return session.ozmap.updateProperty(id, patch);
      const write = session.ozmap.updateProperty(id, { boxId });
      const send = async () => {
        const sent = await write[SEND]();
        await meanwhile();
        return sent;
      };
      return { ...write, [SEND]: send };
    };
    return { ...session, ozmap: { ...session.ozmap, updateProperty } };
  };

  it('puts the client back when OZmap moves it otherwise than asked', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const input = { contractCode: contract.code, boxId: other.boxId };
    const operation = new Operation(changePort, input, forgetful(other.boxId));
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect(home).toMatchObject({ boxId: spot.boxId, clientId: contract.clientId });
    expect(home?.connections).toMatchObject([
      { id: contract.home.connections[0]?.id, port: contract.home.connections[0]?.port },
    ]);
    // Tried again, it moves the client anew, and undoes nothing once more.
    expect((await operation.look()).seen).toBe('absent');
    expect(await operation.run()).toMatchObject({ property: { boxId: other.boxId } });
    expect(operation.steps).toEqual(['property.move', 'property.moveBack', 'property.move']);
  });

  it('puts it back when OZmap takes another port of the same splitter than asked', async () => {
    const contract = await reserved(plant, {}, await plant.freshSpot(3));
    const [old] = contract.home.connections;
    const [splitter] = await plant.ozmap.findSplittersByIds([old?.id ?? '']);
    const free = (splitter?.outputs ?? []).flatMap((output, at) =>
      output === null && !splitter?.blocked[at] ? [at + 1] : [],
    );
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) =>
      session.ozmap.updateProperty(id, patch.port === free[0] ? { ...patch, port: free[1] ?? 0 } : patch);
    const odd = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    const input = {
      contractCode: contract.code,
      boxId: contract.spot.boxId,
      splitterId: old?.id ?? '',
      port: free[0] ?? 0,
    };
    const operation = new Operation(changePort, input, odd);
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.move', 'property.moveBack']);
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect(home?.connections).toMatchObject([{ id: old?.id, port: old?.port }]);
  });

  it('puts it on another port of its old box when somebody got the old one meanwhile', async () => {
    const { spot, other } = await spotWithNeighbour(3);
    const contract = await reserved(plant, {}, spot);
    const [old] = contract.home.connections;
    const onOld = { splitterId: old?.id ?? null, port: old?.port ?? null };
    const session = forgetful(other.boxId, () => reserved(plant, onOld, spot));
    const refused = await refusal(run(plant, changePort, { contractCode: contract.code, boxId: other.boxId }, session));
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT', details: [{ field: 'connection' }] });
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect(home?.boxId).toBe(spot.boxId);
    expect(home?.connections).toHaveLength(1);
    expect(home?.connections[0]?.port).not.toBe(old?.port);
  });

  it('puts it on another port of its old box where OZmap lets it share the old one with somebody', async () => {
    const { spot, other } = await spotWithNeighbour(3);
    const contract = await reserved(plant, {}, spot);
    const [old] = contract.home.connections;
    if (!old) throw new Error('the home is on no port');
    const onOld = { splitterId: old.id, port: old.port };
    const { ozmap, ...session } = forgetful(other.boxId, () => reserved(plant, onOld, spot));
    // The embedded OZmap refuses the second home on a port: this one says yes, and shows both on it.
    let shares = false;
    const updateProperty: typeof ozmap.updateProperty = (id, { connectorId, port, ...patch }) => {
      shares = port === old.port;
      return ozmap.updateProperty(id, patch);
    };
    const findPropertiesByBoxIds: typeof ozmap.findPropertiesByBoxIds = async (ids) =>
      (await ozmap.findPropertiesByBoxIds(ids)).map((home) =>
        shares && home.id === contract.propertyId ? { ...home, connections: [{ ...old, fiberId: 'ours' }] } : home,
      );
    const move = new Operation(
      changePort,
      { contractCode: contract.code, boxId: other.boxId },
      { ...session, ozmap: { ...ozmap, updateProperty, findPropertiesByBoxIds } },
    );
    expect(await refusal(move.run())).toMatchObject({ details: [{ field: 'connection' }] });
    expect(move.steps).toEqual(['property.move', 'property.moveBack', 'property.moveBack']);
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect([home?.boxId, home?.connections.length, home?.connections[0]?.port === old.port]).toEqual([
      spot.boxId,
      1,
      false,
    ]);
  });

  it('says that the box is full where somebody got its last port before a home of the same box was connected', async () => {
    const contract = await reserved(plant);
    const { boxId } = contract.spot;
    await plant.ozmap.disconnectDrop(contract.dropId)[SEND]();
    const fill = async () => {
      while (!isFull(await plant.ozmap.findSplittersByBoxIds([boxId]))) await reserved(plant, {}, contract.spot);
    };
    const move = run(plant, changePort, { contractCode: contract.code, boxId }, forgetful(boxId, fill));
    expect(await refusal(move)).toMatchObject({ reason: 'BOX_FULL' });
  });

  it('waits for a move that has not come yet, also of a home that hung on no box', async () => {
    const { code: contractCode, propertyId, dropId, spot } = await reserved(plant);
    const { boxId } = spot;
    await plant.direct('DELETE', `drops/${dropId}`);
    expect(await plant.ozmap.findPropertiesByIds([propertyId])).toMatchObject([{ boxId: null, dropId: null }]);
    const operation = new Operation(changePort, { contractCode, boxId }, plant.session(), { step: 0, when: 'before' });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('absent');
    expect(await operation.run()).toMatchObject({ property: { boxId } });
    expect((await operation.look()).seen).toBe('applied');
  });

  it.each([
    ['connected to no port', ({ dropId }: Contract) => plant.ozmap.disconnectDrop(dropId)[SEND]()],
    ['on no box', ({ dropId }: Contract) => plant.ozmap.deleteDrop(dropId)[SEND]()],
  ])('takes a home off its new port again that was %s before', async (_, loosen) => {
    const contract = await reserved(plant, {}, await plant.freshSpot(3));
    await loosen(contract);
    const [before] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    const { boxId } = contract.spot;
    const [splitter] = await plant.ozmap.findSplittersByIds([contract.spot.splitter.id]);
    if (!splitter) throw new Error('the splitter is gone');
    const first = firstFreePort(splitter);
    const outputs = splitter.outputs.map((output, index) => (index + 1 === first ? 'taken' : output));
    const port = firstFreePort({ ...splitter, outputs });
    const session = plant.session();
    // An OZmap that takes whatever port it likes.
    const updateProperty: typeof session.ozmap.updateProperty = (id) =>
      session.ozmap.updateProperty(id, { boxId, autoConnect: true });
    const input = { contractCode: contract.code, boxId, splitterId: splitter.id, port };
    const move = run(plant, changePort, input, { ...session, ozmap: { ...session.ozmap, updateProperty } });
    expect(await refusal(move)).toMatchObject({ details: [{ field: 'connection.port' }] });
    const { boxId: oldBoxId, dropId, clientId } = before ?? {};
    expect(await plant.ozmap.findPropertiesByIds([contract.propertyId])).toMatchObject([
      { boxId: oldBoxId, dropId, clientId, connections: [] },
    ]);
  });

  it('brings a home back to a port of its old box where OZmap never said which it had', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const { ozmap, ...session } = forgetful(other.boxId);
    const unnamed = (homes: Property[]) =>
      homes.map((home) => ({ ...home, connections: home.connections.map((each) => ({ ...each, port: null })) }));
    const nameless = {
      ...ozmap,
      findPropertiesByClientIds: async (ids: readonly string[]) => unnamed(await ozmap.findPropertiesByClientIds(ids)),
      findPropertiesByBoxIds: async (ids: readonly string[]) => unnamed(await ozmap.findPropertiesByBoxIds(ids)),
      findPropertiesByIds: async (ids: readonly string[]) => unnamed(await ozmap.findPropertiesByIds(ids)),
    };
    const input = { contractCode: contract.code, boxId: other.boxId };
    const move = run(plant, changePort, input, { ...session, ozmap: nameless });
    expect(await refusal(move)).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect(home).toMatchObject({ boxId: spot.boxId, connections: [{ port: expect.any(Number) }] });
  });

  it('tells a resumed undo its reason as it was', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const input = { contractCode: contract.code, boxId: other.boxId };
    const operation = new Operation(changePort, input, forgetful(other.boxId), { step: 1, when: 'before' });
    await operation.run().catch(() => {});
    Object.assign(memoryOf(operation).problem ?? {}, { code: 'CONFLICT', reason: 'BOX_FULL' });
    expect((await operation.look()).seen).toBe('partly');
    expect(await refusal(operation.run())).toMatchObject({ reason: 'BOX_FULL' });
    const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect(home?.boxId).toBe(spot.boxId);
  });

  it('leaves the home alone when it went to another contract before the lost answer was found out', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const input = { contractCode: contract.code, boxId: other.boxId };
    const operation = new Operation(changePort, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    await plant.direct('DELETE', `ftth-clients/${contract.clientId}`);
    await run(plant, reservePort, { contractCode: freshCode(), propertyId: contract.propertyId });
    const [taken] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
    expect((await operation.look()).seen).toBe('partly');
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.move']);
    expect(await plant.ozmap.findPropertiesByIds([contract.propertyId])).toEqual([taken]);
  });

  /** The embedded OZmap leads the drop that is there: the drop of another home takes the part of a second one, and ends where it is said to. */
  const endingAt = (propertyId: string, { dropId }: Contract, ozmap: Ozmap): Ozmap => ({
    ...ozmap,
    findDropsByIds: async (ids) =>
      (await ozmap.findDropsByIds(ids)).map((drop) => (drop.id === dropId ? { ...drop, propertyId } : drop)),
  });
  /** The home hangs on that one, until it is moved a second time. */
  const layingAnew = (ozmap: Ozmap, { propertyId }: Contract, { dropId }: Pick<Property, 'dropId'>): Ozmap => {
    let moves = 0;
    const shown = (homes: Property[]) =>
      homes.map((home) => (home.id === propertyId && moves === 1 ? { ...home, dropId } : home));
    return {
      ...ozmap,
      updateProperty: (id, patch) => {
        const write = ozmap.updateProperty(id, patch);
        const send = () => {
          moves += 1;
          return write[SEND]();
        };
        return { ...write, [SEND]: send };
      },
      findPropertiesByBoxIds: async (ids) => shown(await ozmap.findPropertiesByBoxIds(ids)),
      findPropertiesByIds: async (ids) => shown(await ozmap.findPropertiesByIds(ids)),
    };
  };

  it.each([null, ...everyLoss(4).filter(({ step }) => step > 0)])(
    'leaves one drop where OZmap laid a second one and the move is taken back: %o',
    async (loss) => {
      const { spot, other } = await spotWithNeighbour();
      const [contract, standIn] = [await reserved(plant, {}, spot), await reserved(plant)];
      const { ozmap, ...session } = forgetful(other.boxId);
      const input = { contractCode: contract.code, boxId: other.boxId };
      const anew = endingAt(contract.propertyId, standIn, layingAnew(ozmap, contract, standIn));
      const move = new Operation(changePort, input, { ...session, ozmap: anew }, loss);
      if (loss) await move.run().catch(() => {});
      expect(await refusal(move.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
      expect([...new Set(move.steps)]).toEqual(['property.move', 'drop.delete', 'property.moveBack']);
      const [home] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
      expect([home?.boxId, home?.connections[0]?.port]).toEqual([spot.boxId, contract.home.connections[0]?.port]);
      expect(await plant.ozmap.findDropsByIds([contract.dropId, standIn.dropId])).toEqual([]);
      expect(await dropsOf(contract.propertyId)).toBe(1);
    },
  );

  it.each([
    ['ends at another home', 'elsewhere', null],
    ['may be somebody’s work, as the answer was lost', 'here', { step: 0, when: 'after' }],
  ] as const)('leaves a drop alone on the way back that %s', async (_, where, loss) => {
    const { spot, other } = await spotWithNeighbour();
    const [contract, standIn] = [await reserved(plant, {}, spot), await reserved(plant)];
    const { ozmap, ...session } = forgetful(other.boxId);
    const end = where === 'here' ? contract.propertyId : standIn.propertyId;
    const anew = endingAt(end, standIn, layingAnew(ozmap, contract, standIn));
    const input = { contractCode: contract.code, boxId: other.boxId };
    const move = new Operation(changePort, input, { ...session, ozmap: anew }, loss);
    if (loss) await move.run().catch(() => {});
    expect(await refusal(move.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect((await leftOf(plant, standIn)).drop).not.toBeNull();
  });

  it('keeps the old drop of a home that hung on none before it was moved back', async () => {
    const { spot, other } = await spotWithNeighbour();
    const contract = await reserved(plant, {}, spot);
    const { ozmap, ...session } = forgetful(other.boxId);
    const odd = { ...session, ozmap: layingAnew(ozmap, contract, { dropId: null }) };
    const move = new Operation(changePort, { contractCode: contract.code, boxId: other.boxId }, odd);
    expect(await refusal(move.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(move.steps).toEqual(['property.move', 'property.moveBack']);
  });

  it('is not taken for done while a second drop is there, and removes it', async () => {
    const { spot, other } = await spotWithNeighbour();
    const [contract, standIn] = [await reserved(plant, {}, spot), await reserved(plant)];
    const input = { contractCode: contract.code, boxId: other.boxId };
    const session = plant.session({ ozmap: endingAt(contract.propertyId, standIn, plant.ozmap) });
    const operation = new Operation(changePort, input, session, { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    memoryOf(operation).state.oldDropId = standIn.dropId;
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps).toEqual(['property.move', 'drop.delete']);
    expect((await leftOf(plant, standIn)).drop).toBeNull();
    expect((await operation.look()).seen).toBe('applied');
  });
});
