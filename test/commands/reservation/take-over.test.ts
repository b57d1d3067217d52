import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { withdrawReservation } from '../../../src/commands/withdraw-reservation.saga.js';
import { SEND } from '../../../src/domain/write.js';
import { active, freshCode, keptHome, knowing, leftOf, refusal, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

/** A reservation that put a home on a port again, and a session that knows so. */
async function connectedByTakeOver() {
  const { propertyId } = await keptHome(plant, true);
  const code = freshCode();
  const operation = new Operation(reservePort, { contractCode: code, propertyId }, plant.session());
  const { client } = await operation.run();
  return { code, propertyId, session: knowing(plant, operation, client) };
}

describe('reservePort by propertyId', () => {
  it('gives a kept home a new client, on the port and drop it had', async () => {
    const kept = await keptHome(plant);
    const code = freshCode();
    await plant.emulator.clearRequests();
    const { client, property } = await run(plant, reservePort, { contractCode: code, propertyId: kept.propertyId });
    expect((await plant.emulator.requests()).length).toBe(5);
    expect(client).toMatchObject({ code, implanted: false });
    expect(property).toMatchObject({ id: kept.propertyId, dropId: kept.dropId, connections: kept.home.connections });
    expect(property?.observation).toContain(`[CNT ${kept.code}] cancelado`);
  });

  it('lets the same contract come back', async () => {
    const kept = await keptHome(plant);
    const back = await run(plant, reservePort, { contractCode: kept.code, propertyId: kept.propertyId });
    expect(back.property?.id).toBe(kept.propertyId);
  });

  it('connects a home whose drop was taken off its port', async () => {
    const kept = await keptHome(plant, true);
    expect((await plant.ozmap.findPropertiesByIds([kept.propertyId]))[0]?.connections).toEqual([]);
    const { property } = await run(plant, reservePort, { contractCode: freshCode(), propertyId: kept.propertyId });
    expect(property?.connections).toHaveLength(1);
    expect(property?.dropId).toBe(kept.dropId);
  });

  it('refuses a home with a client, a home that is not there, and a code in use', async () => {
    const occupied = await active(plant);
    const taking = { contractCode: freshCode(), propertyId: occupied.propertyId };
    expect(await refusal(run(plant, reservePort, taking))).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    const nowhere = { contractCode: freshCode(), propertyId: '0123456789abcdef01234567' };
    expect(await refusal(run(plant, reservePort, nowhere))).toMatchObject({ code: 'NOT_FOUND' });
    const kept = await keptHome(plant);
    const inUse = { contractCode: occupied.code, propertyId: kept.propertyId };
    expect(await refusal(run(plant, reservePort, inUse))).toMatchObject({ reason: 'CODE_IN_USE' });
  });

  it('refuses to take a home over on another port than it is on', async () => {
    const kept = await keptHome(plant);
    const { id: splitterId = '', port = null } = kept.home.connections[0] ?? {};
    const input = { contractCode: freshCode(), propertyId: kept.propertyId, splitterId, port: (port ?? 0) + 1 };
    expect(await refusal(run(plant, reservePort, input))).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: [{ field: 'splitterId' }, { field: 'port' }],
    });
    expect((await run(plant, reservePort, { ...input, port })).property).toMatchObject({ id: kept.propertyId });
  });

  it('stands for a repeated one while its client lives there', async () => {
    const kept = await keptHome(plant);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, plant.session());
    await operation.run();
    const stands = async () => (await reservePort.stands(input, plant.session(), operation.facts)).seen;
    expect(await stands()).toBe('applied');
    await run(plant, withdrawReservation, { contractCode: input.contractCode });
    expect(await stands()).toBe('absent');
  });

  it.each(everyLoss(1))('ends the same when the answer of step $step is lost $when', async (loss) => {
    const kept = await keptHome(plant);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const { property } = await new Operation(reservePort, input, plant.session(), loss).runToTheEnd();
    expect(property).toMatchObject({ id: kept.propertyId, connections: kept.home.connections });
  });

  it('says that somebody lives there who was quicker, and leaves that home alone', async () => {
    const kept = await keptHome(plant);
    const settle = () => plant.direct('PATCH', `properties/${kept.propertyId}`, { client: { code: freshCode() } });
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      const write = session.ozmap.updateProperty(id, patch);
      return { ...write, [SEND]: () => settle().then(() => write[SEND]()) };
    };
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const late = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    expect(await refusal(run(plant, reservePort, input, late))).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    expect((await plant.ozmap.findPropertiesByIds([kept.propertyId]))[0]?.clientId).not.toBeNull();
  });

  it('does not take somebody for its client who moved in while the answer was lost', async () => {
    const kept = await keptHome(plant);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, plant.session(), { step: 0, when: 'before' });
    await operation.run().catch(() => {});
    await run(plant, reservePort, { contractCode: freshCode(), propertyId: kept.propertyId });
    expect((await operation.look()).seen).toBe('absent');
    expect(await refusal(operation.run())).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });
    expect(operation.steps).toEqual(['property.takeOver']);
  });

  /** An OZmap that gives the home its client, and leaves it off the port. */
  const withoutPort = () => {
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, { autoConnect: _, ...patch }) =>
      session.ozmap.updateProperty(id, patch);
    return { ...session, ozmap: { ...session.ozmap, updateProperty } };
  };

  it('is undone where the home is not connected as asked, and not taken for done after a lost answer', async () => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const lost = new Operation(reservePort, input, withoutPort(), { step: 0, when: 'after' });
    await lost.run().catch(() => {});
    expect((await lost.look()).seen).toBe('partly');
    expect(await refusal(lost.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(lost.steps).toEqual(['property.takeOver', 'client.undo']);
    expect(await plant.ozmap.findClientsByCodes([input.contractCode])).toEqual([]);
  });

  it('is taken off the port again where OZmap put it on another one than asked', async () => {
    const kept = await keptHome(plant, true);
    const { outputs, blocked, id: splitterId } = kept.spot.splitter;
    const free = outputs.flatMap((output, at) => (output === null && !blocked[at] ? [at + 1] : []));
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) =>
      session.ozmap.updateProperty(id, patch.port === free[0] ? { ...patch, port: free[1] ?? 0 } : patch);
    const odd = { ...session, ozmap: { ...session.ozmap, updateProperty } };
    const input = { contractCode: freshCode(), propertyId: kept.propertyId, splitterId, port: free[0] ?? 0 };
    const operation = new Operation(reservePort, input, odd);
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.takeOver', 'drop.undo', 'client.undo']);
    const [home] = await plant.ozmap.findPropertiesByIds([kept.propertyId]);
    expect(home).toMatchObject({ clientId: null, connections: [] });
  });

  it.each(['before', 'after'] as const)('goes on with its undo when the answer to that is lost %s', async (when) => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, withoutPort(), { step: 1, when });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('partly');
    expect(await refusal(operation.run())).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'connection' }],
    });
    expect(await plant.ozmap.findClientsByCodes([input.contractCode])).toEqual([]);
    // It keeps no memory of what it undid: the next attempt takes the home over.
    const again = new Operation(reservePort, input, plant.session());
    again.facts = operation.facts;
    expect((await again.run()).property).toMatchObject({ id: kept.propertyId, client: { code: input.contractCode } });
    expect(again.steps).toEqual(['property.takeOver']);
  });

  it('keeps the home from others, by its id and by what its maker wrote on it, and its box where it is connected', async () => {
    const { boxId, location } = await plant.freshSpot();
    const made = { box: boxId, coords: [location.lng, location.lat], auto_connect: true, external_id: freshCode() };
    const { json } = await plant.direct('POST', 'properties', made);
    const input = { contractCode: freshCode(), propertyId: (json as { id: string }).id };
    const connected = new Operation(reservePort, input, plant.session());
    await connected.run();
    expect(connected.kept).toEqual([
      { propertyIds: [input.propertyId, made.external_id], boxIds: [], takesPort: false },
    ]);
    const kept = await keptHome(plant, true);
    const other = new Operation(
      reservePort,
      { contractCode: freshCode(), propertyId: kept.propertyId },
      plant.session(),
    );
    await other.run();
    expect(other.kept).toEqual([
      { propertyIds: [kept.propertyId, kept.home.externalId], boxIds: [kept.home.boxId], takesPort: true },
    ]);
  });

  it('says that OZmap made the client active at once, and leaves it', async () => {
    const kept = await keptHome(plant);
    const session = plant.session();
    const updateProperty: typeof session.ozmap.updateProperty = (id, patch) => {
      const client = patch.client && { ...patch.client, implanted: true };
      return session.ozmap.updateProperty(id, { ...patch, ...(client && { client }) });
    };
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, { ...session, ozmap: { ...session.ozmap, updateProperty } });
    expect(await refusal(operation.run())).toMatchObject({ details: [{ field: 'client.implanted' }] });
    expect(operation.steps).toEqual(['property.takeOver']);
  });

  it('leaves a client alone that somebody implanted while the answer was lost', async () => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, withoutPort(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const [client] = await plant.ozmap.findClientsByCodes([input.contractCode]);
    await plant.direct('PATCH', `ftth-clients/${client?.id}`, { implanted: true });
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_UNEXPECTED_EFFECT' });
    expect(operation.steps).toEqual(['property.takeOver']);
  });

  it('is left as it was when the client gives up', async () => {
    const kept = await keptHome(plant);
    const code = freshCode();
    const { client } = await run(plant, reservePort, { contractCode: code, propertyId: kept.propertyId });
    await run(plant, withdrawReservation, { contractCode: code });
    const left = await leftOf(plant, { ...kept, clientId: client.id });
    expect(left.client).toBeNull();
    expect(left.drop).not.toBeNull();
    expect((await plant.ozmap.findPropertiesByIds([kept.propertyId]))[0]).toMatchObject({
      clientId: null,
      connections: kept.home.connections,
    });
  });

  it('is off its port again when the reservation had put it there, as the journal knows', async () => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const operation = new Operation(reservePort, input, plant.session());
    const { client } = await operation.run();
    const session = knowing(plant, operation, client);
    await run(plant, withdrawReservation, { contractCode: input.contractCode }, session);
    expect((await plant.ozmap.findPropertiesByIds([kept.propertyId]))[0]).toMatchObject({
      clientId: null,
      connections: [],
      dropId: kept.dropId,
    });
  });

  it.each(everyLoss(2))(
    'comes off its port and its client when the answer of step $step is lost $when',
    async (loss) => {
      const { session, code, propertyId } = await connectedByTakeOver();
      const operation = new Operation(withdrawReservation, { contractCode: code }, session, loss);
      await operation.runToTheEnd();
      expect((await plant.ozmap.findPropertiesByIds([propertyId]))[0]).toMatchObject({
        clientId: null,
        connections: [],
      });
      expect(await plant.ozmap.findClientsByCodes([code])).toEqual([]);
    },
  );

  it('stays off its port, with its client, where that was activated in the middle of the withdrawal', async () => {
    const { session, code, propertyId } = await connectedByTakeOver();
    const loss = { step: 1, when: 'before' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: code }, session, loss);
    await operation.run().catch(() => {});
    const [client] = await plant.ozmap.findClientsByCodes([code]);
    await plant.direct('PATCH', `ftth-clients/${client?.id}`, { implanted: true });
    expect((await operation.look()).seen).toBe('partly');
    expect(await refusal(operation.run())).toMatchObject({ reason: 'ALREADY_ACTIVE' });
    expect(operation.steps).toEqual(['drop.disconnect', 'client.withdraw']);
    expect((await plant.ozmap.findPropertiesByIds([propertyId]))[0]).toMatchObject({ clientId: client?.id });
  });

  it.each([
    ['loses its port', (id: string) => plant.ozmap.disconnectDrop(id), 'connection'],
    ['loses its drop', (id: string) => plant.ozmap.deleteDrop(id), 'connection'],
  ] as const)('is told as an unexpected effect where it %s with the withdrawn client', async (_, lose, field) => {
    const kept = await keptHome(plant);
    const code = freshCode();
    await run(plant, reservePort, { contractCode: code, propertyId: kept.propertyId });
    const session = plant.session();
    const deleteClient: typeof session.ozmap.deleteClient = (id) => {
      const write = session.ozmap.deleteClient(id);
      const send = () =>
        lose(kept.dropId)
          [SEND]()
          .then(() => write[SEND]());
      return { ...write, [SEND]: send };
    };
    const odd = { ...session, ozmap: { ...session.ozmap, deleteClient } };
    expect(await refusal(run(plant, withdrawReservation, { contractCode: code }, odd))).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field }],
    });
  });

  it('keeps its port for whoever takes it over as soon as the client is out', async () => {
    const { session, code, propertyId } = await connectedByTakeOver();
    const next = { contractCode: freshCode(), propertyId };
    const deleteClient: typeof session.ozmap.deleteClient = (id) => {
      const write = session.ozmap.deleteClient(id);
      const send = async () => {
        const sent = await write[SEND]();
        await run(plant, reservePort, next);
        return sent;
      };
      return { ...write, [SEND]: send };
    };
    await run(
      plant,
      withdrawReservation,
      { contractCode: code },
      { ...session, ozmap: { ...session.ozmap, deleteClient } },
    );
    const [home] = await plant.ozmap.findPropertiesByIds([propertyId]);
    expect(home).toMatchObject({ client: { code: next.contractCode } });
    expect(home?.connections).toHaveLength(1);
  });
});
