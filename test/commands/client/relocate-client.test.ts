import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePort } from '../../../src/commands/change-port.saga.js';
import { relocateClient } from '../../../src/commands/relocate-client.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import type { JsonObject } from '../../../src/domain/json.js';
import { firstFreePort } from '../../../src/domain/port-choice.js';
import { SEND } from '../../../src/domain/write.js';
import { aPolicy } from '../../support/a-policy.js';
import { active, fiberOn, freshCode, keptHome, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, memoryOf, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

/** The home that a relocation made, by what it wrote on it. */
const madeBy = async (operation: { facts: JsonObject }) => {
  const { to } = memoryOf(operation).state as { to: { externalId: string } };
  return (await plant.ozmap.findPropertiesByExternalId(to.externalId))[0];
};
const homesOf = (clientId: string) => plant.ozmap.findPropertiesByClientIds([clientId]);

describe('relocateClient', () => {
  it('moves an active contract and keeps the old home with the code in its observation', async () => {
    const contract = await active(plant, { address: 'Rua Velha, 1' });
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, address: 'Rua Nova, 2' };
    await plant.emulator.clearRequests();
    const { client, property, oldProperty } = await run(plant, relocateClient, input);
    expect((await plant.emulator.requests()).length).toBeLessThanOrEqual(13);
    expect(client).toMatchObject({ id: contract.clientId, code: contract.code, implanted: true });
    expect(property).toMatchObject({ boxId: to.boxId, address: 'Rua Nova, 2', clientId: contract.clientId });
    expect(oldProperty).toMatchObject({ id: contract.propertyId, clientId: null });
    expect(oldProperty?.observation).toContain(`[CNT ${contract.code}]`);
    expect(await homesOf(contract.clientId)).toHaveLength(1);
  });

  it('deletes the old home where that is asked for, and frees its port', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, keepOldProperty: false };
    expect((await run(plant, relocateClient, input)).oldProperty).toBeNull();
    const left = await leftOf(plant, contract);
    expect([left.property, left.drop]).toEqual([null, null]);
    expect(left.client).not.toBeNull();
    const old = contract.home.connections[0];
    expect(await fiberOn(plant, old?.id ?? '', old?.port ?? 0)).toBeNull();
  });

  it('deletes the home of a reserved contract', async () => {
    const contract = await reserved(plant);
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    const { client, oldProperty } = await run(plant, relocateClient, input);
    expect([client.implanted, oldProperty]).toEqual([false, null]);
    expect((await leftOf(plant, contract)).property).toBeNull();
  });

  it('moves into a home that stands empty', async () => {
    const kept = await keptHome(plant);
    const contract = await active(plant);
    const input = { contractCode: contract.code, propertyId: kept.propertyId };
    const { property } = await run(plant, relocateClient, input);
    expect(property).toMatchObject({ id: kept.propertyId, dropId: kept.dropId, clientId: contract.clientId });
  });

  it.each([
    { considersPropertyPortsFree: false, disconnectDrop: false },
    { considersPropertyPortsFree: false, disconnectDrop: true },
    { considersPropertyPortsFree: true, disconnectDrop: false },
  ])(
    'keeps both homes from others, and boxes that lose a port or may: OZmap sells those of homes without client $considersPropertyPortsFree, disconnectDrop $disconnectDrop',
    async ({ considersPropertyPortsFree, disconnectDrop }) => {
      const contract = await active(plant);
      const to = await plant.freshSpot();
      const config = await plant.ozmap.systemConfig();
      const session = plant.session({ systemConfig: async () => ({ ...config, considersPropertyPortsFree }) });
      const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, disconnectDrop };
      const operation = new Operation(relocateClient, input, session);
      await operation.run();
      const written = (await madeBy(operation))?.externalId;
      const [{ propertyIds = [], boxIds = [], takesPort } = {}] = operation.kept;
      expect(takesPort).toBe(true);
      expect(contract.home.externalId).not.toBeNull();
      expect(propertyIds).toEqual(expect.arrayContaining([contract.propertyId, contract.home.externalId, written]));
      const boxes = boxIds.filter((id) => id !== null);
      const [old, both] = [[contract.spot.boxId], [contract.spot.boxId, to.boxId]];
      expect(boxes).toEqual(considersPropertyPortsFree ? both : disconnectDrop ? old : []);
    },
  );

  it.each(everyLoss(3))('moves into a home that stood off its port when step $step is lost $when', async (loss) => {
    const [kept, contract] = [await keptHome(plant, true), await active(plant)];
    const input = { contractCode: contract.code, propertyId: kept.propertyId };
    const operation = new Operation(relocateClient, input, plant.session(), loss);
    const { property } = await operation.runToTheEnd();
    expect(property).toMatchObject({ id: kept.propertyId, dropId: kept.dropId, clientId: contract.clientId });
    expect(property.connections).toHaveLength(1);
    expect(await homesOf(contract.clientId)).toHaveLength(1);
    expect(new Set(operation.steps)).toEqual(new Set(['client.detach', 'client.attach', 'property.mark']));
  });

  it('takes a home off the port again that it put it on, where all is taken back', async () => {
    const [kept, contract] = [await keptHome(plant, true), await active(plant)];
    const input = { contractCode: contract.code, propertyId: kept.propertyId };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 1, when: 'after' });
    await operation.run().catch(() => {});
    memoryOf(operation).problem = { code: 'CONFLICT', reason: 'BOX_FULL', message: 'full', details: [] };
    expect(await refusal(operation.run())).toMatchObject({ reason: 'BOX_FULL' });
    const [left] = await plant.ozmap.findPropertiesByIds([kept.propertyId]);
    expect(left).toMatchObject({ clientId: null, connections: [], dropId: kept.dropId });
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
  });

  it('says that the old home has lost its port, where the client had to go back', async () => {
    const contract = await active(plant);
    const { boxId, location } = await plant.freshSpot();
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      if (patch.clientId !== contract.clientId || id === contract.propertyId)
        return session.ozmap.updateProperty(id, patch);
      const write = session.ozmap.updateProperty(id, { ...patch, clientId: '0123456789abcdef01234567' });
      return {
        ...write,
        [SEND]: () =>
          session.ozmap
            .disconnectDrop(contract.dropId)
            [SEND]()
            .then(() => write[SEND]()),
      };
    };
    const odd = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    const refused = await refusal(run(plant, relocateClient, { contractCode: contract.code, boxId, location }, odd));
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT', details: [{ field: 'connection' }] });
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId, connections: [] }]);
  });

  it('leaves the port of the old home where a release with states of version 1 began the move', async () => {
    const contract = await active(plant);
    const { boxId, location } = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId, location, disconnectDrop: true };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 3, when: 'before' });
    await operation.run().catch(() => {});
    const memory = memoryOf(operation);
    const { day: _, old, ...state } = memory.state;
    const { disconnects: __, ...left } = old as JsonObject;
    Object.assign(memory, { version: 1, state: { ...state, old: left } });
    const { oldProperty } = await operation.run();
    expect(oldProperty).toMatchObject({ clientId: null, connections: contract.home.connections });
    expect(oldProperty?.observation).toContain('mudou de endereço');
  });

  it('refuses a home with a client, and the one that the contract lives in', async () => {
    const [contract, other] = [await active(plant), await active(plant)];
    const into = (propertyId: string) =>
      refusal(run(plant, relocateClient, { contractCode: contract.code, propertyId }));
    expect(await into(other.propertyId)).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    expect(await into(contract.propertyId)).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('leaves everything as it was when the place is refused, before and after the client was detached', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const far = { contractCode: contract.code, boxId: to.boxId, location: { lat: to.location.lat + 1, lng: 0 } };
    expect(await refusal(run(plant, relocateClient, far))).toMatchObject({ reason: 'BOX_NOT_OFFERED' });
    const session = plant.session();
    const refusing = {
      ...session,
      ozmap: {
        ...session.ozmap,
        createProperty: (body: Parameters<typeof session.ozmap.createProperty>[0]) =>
          session.ozmap.createProperty({ ...body, boxId: '0123456789abcdef01234567' }),
      },
    };
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    expect(await refusal(run(plant, relocateClient, input, refusing))).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    const [home, ...others] = await homesOf(contract.clientId);
    expect(others).toEqual([]);
    expect(home).toMatchObject({ id: contract.propertyId, connections: contract.home.connections });
  });

  it.each(
    ([true, false] as const).flatMap((keepOldProperty) => everyLoss(4).map((loss) => ({ keepOldProperty, ...loss }))),
  )('ends in one home when step $step is lost $when (keep: $keepOldProperty)', async ({ keepOldProperty, ...loss }) => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, keepOldProperty };
    const { property, oldProperty } = await new Operation(relocateClient, input, plant.session(), loss).runToTheEnd();
    expect(property.boxId).toBe(to.boxId);
    expect(property.connections).toHaveLength(1);
    expect(await homesOf(contract.clientId)).toHaveLength(1);
    expect(oldProperty?.observation?.match(/mudou/g)?.length ?? 0).toBe(keepOldProperty ? 1 : 0);
    expect((await leftOf(plant, contract)).property !== null).toBe(keepOldProperty);
    const homesThere = await plant.ozmap.findPropertiesByBoxIds([to.boxId]);
    expect(
      homesThere.filter((home) => home.history.some((entry) => entry.clientId === contract.clientId)),
    ).toHaveLength(1);
  });

  it('is not taken for done while the old home has left its drop behind, and removes it then', async () => {
    const [contract, other] = [await active(plant), await reserved(plant)];
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, keepOldProperty: false };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 3, when: 'after' });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    // The embedded OZmap leaves no drop behind: another one that stands takes its part.
    const { state } = memoryOf(operation);
    state.old = { ...(state.old as object), dropId: other.dropId };
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps.slice(-2)).toEqual(['property.leave', 'drop.leave']);
    expect((await leftOf(plant, other)).drop).toBeNull();
    expect((await operation.look()).seen).toBe('applied');
  });

  it.each([true, false])(
    'leaves the old home to whoever took it over while the answer was lost (keep: %s)',
    async (keepOldProperty) => {
      const contract = await active(plant);
      const to = await plant.freshSpot();
      const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, keepOldProperty };
      const operation = new Operation(relocateClient, input, plant.session(), { step: 2, when: 'after' });
      await operation.run().catch(() => {});
      await run(plant, reservePort, { contractCode: freshCode(), propertyId: contract.propertyId });
      const [taken] = await plant.ozmap.findPropertiesByIds([contract.propertyId]);
      expect((await operation.look()).seen).toBe('applied');
      expect(await operation.run()).toMatchObject({ property: { boxId: to.boxId } });
      expect(await plant.ozmap.findPropertiesByIds([contract.propertyId])).toEqual([taken]);
      expect(operation.steps).toEqual(['property.create', 'client.detach', 'client.attach']);
    },
  );

  it('undoes nothing that somebody changed at the new home once the old one is gone', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot(3);
    const port = firstFreePort(to.splitter);
    const input = {
      contractCode: contract.code,
      boxId: to.boxId,
      splitterId: to.splitter.id,
      port,
      location: to.location,
      keepOldProperty: false,
    };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 3, when: 'after' });
    await operation.run().catch(() => {});
    const [splitter] = await plant.ozmap.findSplittersByIds([to.splitter.id]);
    const elsewhere = splitter ? firstFreePort(splitter) : null;
    expect(elsewhere).not.toBe(port);
    const move = { contractCode: contract.code, boxId: to.boxId, splitterId: to.splitter.id, port: elsewhere };
    await run(plant, changePort, move);
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toHaveLength(4);
    expect(await homesOf(contract.clientId)).toMatchObject([{ connections: [{ port: elsewhere }] }]);
  });

  it('makes the new home before it lets go of the old one', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
    const made = await madeBy(operation);
    expect(made).toMatchObject({ clientId: null, boxId: to.boxId, connections: [{ kind: 'Splitter' }] });
    expect(await operation.run()).toMatchObject({ property: { id: made?.id } });
    expect(operation.steps).toEqual(['property.create', 'client.detach', 'client.attach', 'property.mark']);
  });

  it('leaves the client where it was, and no second home, when the new home lost its port before the client came', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot(3);
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const made = await madeBy(operation);
    await plant.ozmap.disconnectDrop(made?.dropId ?? '')[SEND]();
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.create', 'property.undo']);
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
    expect(await plant.ozmap.findPropertiesByIds([made?.id ?? ''])).toEqual([]);
  });

  it('leaves client and new home where they are when somebody else moved into that before the client came', async () => {
    const contract = await active(plant);
    const { boxId, location } = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId, location };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const id = (await madeBy(operation))?.id ?? '';
    await plant.direct('PATCH', `properties/${id}`, { client: { code: freshCode() } });
    const taken = await plant.ozmap.findPropertiesByIds([id]);
    expect(await refusal(operation.run())).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    expect(operation.steps).toEqual(['property.create']);
    expect(await plant.ozmap.findPropertiesByIds([id])).toEqual(taken);
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
  });

  it('never deletes the old home with its client, where OZmap has that in both and says that it let go', async () => {
    const contract = await active(plant);
    const { boxId, location } = await plant.freshSpot();
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) =>
      session.ozmap.updateProperty(id, id === contract.propertyId ? { address: 'Rua B' } : patch);
    const odd = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    const input = { contractCode: contract.code, boxId, location, keepOldProperty: false };
    const operation = new Operation(relocateClient, input, odd, { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const id = (await madeBy(operation))?.id ?? '';
    await plant.direct('PATCH', `properties/${id}`, { client: contract.clientId, force: true });
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.create', 'client.detach', 'client.undo', 'property.undo']);
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
  });

  it('says that somebody was quicker to move into a home that stood empty, and returns to the old one', async () => {
    const [contract, kept] = [await active(plant), await keptHome(plant)];
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      const write = session.ozmap.updateProperty(id, patch);
      if (id !== kept.propertyId) return write;
      const settle = () => run(plant, reservePort, { contractCode: freshCode(), propertyId: id });
      return { ...write, [SEND]: () => settle().then(() => write[SEND]()) };
    };
    const late = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    const input = { contractCode: contract.code, propertyId: kept.propertyId };
    expect(await refusal(run(plant, relocateClient, input, late))).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
  });

  it('names the client that has no home any more when somebody took the old one before the new one refused it', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      if (patch.clientId !== contract.clientId) return session.ozmap.updateProperty(id, patch);
      const write = session.ozmap.updateProperty(id, { ...patch, clientId: '0123456789abcdef01234567' });
      const send = async () => {
        await run(plant, reservePort, { contractCode: freshCode(), propertyId: contract.propertyId });
        return write[SEND]();
      };
      return { ...write, [SEND]: send };
    };
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    const refused = await refusal(
      run(plant, relocateClient, input, { ...session, ozmap: { ...session.ozmap, updateProperty } }),
    );
    expect(refused).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'property' }, { field: 'clientId', value: contract.clientId }],
    });
  });

  it('ends an interrupted undo with the reason it began for, and starts afresh when tried again', async () => {
    const contract = await active(plant);
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location };
    const operation = new Operation(relocateClient, input, plant.session(), { step: 2, when: 'after' });
    await operation.run().catch(() => {});
    memoryOf(operation).problem = { code: 'CONFLICT', reason: 'BOX_FULL', message: 'full', details: [] };
    expect((await operation.look()).seen).toBe('partly');
    expect(await refusal(operation.run())).toMatchObject({ reason: 'BOX_FULL' });
    expect(await homesOf(contract.clientId)).toMatchObject([{ id: contract.propertyId }]);
    expect((await operation.look()).seen).toBe('absent');
    expect(await operation.run()).toMatchObject({ property: { boxId: to.boxId } });
  });
});

describe('relocateClient of a home that is kept', () => {
  // The town above has no room left.
  let plant: Plant;
  beforeAll(async () => {
    plant = await openPlant();
  });
  afterAll(() => plant.stop());

  it.each([
    { asked: undefined, policy: true, port: 'free' },
    { asked: undefined, policy: false, port: 'held' },
    { asked: true, policy: false, port: 'free' },
    { asked: false, policy: true, port: 'held' },
  ])(
    'leaves the port $port: disconnectDrop $asked, CANCEL_DISCONNECTS_DROP $policy',
    async ({ asked, policy, port }) => {
      const contract = await active(plant);
      const { boxId, location } = await plant.freshSpot();
      const input = {
        contractCode: contract.code,
        boxId,
        location,
        ...(asked !== undefined && { disconnectDrop: asked }),
      };
      const session = plant.session({ policy: aPolicy({ cancelDisconnectsDrop: policy }) });
      const { oldProperty } = await run(plant, relocateClient, input, session);
      expect(oldProperty).toMatchObject({ dropId: contract.dropId, clientId: null });
      expect(oldProperty?.observation).toContain(`[CNT ${contract.code}] mudou de endereço`);
      const old = contract.home.connections[0];
      expect((await fiberOn(plant, old?.id ?? '', old?.port ?? 0)) === null).toBe(port === 'free');
    },
  );

  it('leaves the port of a home that was there before the reservation to it, whatever cancellations do', async () => {
    const kept = await keptHome(plant);
    const contractCode = freshCode();
    await run(plant, reservePort, { contractCode, propertyId: kept.propertyId });
    const { boxId, location } = await plant.freshSpot();
    const session = plant.session({ policy: aPolicy({ cancelDisconnectsDrop: true }) });
    const { oldProperty } = await run(plant, relocateClient, { contractCode, boxId, location }, session);
    expect(oldProperty).toMatchObject({
      id: kept.propertyId,
      observation: expect.not.stringContaining('mudou'),
      connections: kept.home.connections,
    });
  });

  it.each(everyLoss(5))('frees the port once when the answer of step $step is lost $when', async (loss) => {
    const contract = await active(plant);
    const { boxId, location } = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId, location, disconnectDrop: true };
    const { oldProperty } = await new Operation(relocateClient, input, plant.session(), loss).runToTheEnd();
    expect(oldProperty).toMatchObject({ dropId: contract.dropId, connections: [] });
    expect(oldProperty?.observation?.match(/mudou/g)).toHaveLength(1);
  });
});
