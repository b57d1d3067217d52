import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relocateClient } from '../../../src/commands/relocate-client.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { withdrawReservation } from '../../../src/commands/withdraw-reservation.saga.js';
import { SEND } from '../../../src/domain/write.js';
import { active, fiberOn, freshCode, keptHome, knowing, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, memoryOf, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const nothing = { client: null, property: null, drop: null };

describe('withdrawReservation', () => {
  it('takes client, home and drop away and frees the port, which nobody gets before, in seven requests', async () => {
    const contract = await reserved(plant);
    await plant.emulator.clearRequests();
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session());
    const outcome = await operation.run();
    expect(await plant.emulator.requests()).toHaveLength(7);
    expect(operation.kept).toEqual([{ propertyIds: [contract.propertyId], boxIds: [contract.spot.boxId] }]);
    expect(outcome).toEqual({ contractCode: contract.code, warnings: [] });
    expect(await leftOf(plant, contract)).toEqual(nothing);
    const { id = '', port = 0 } = contract.home.connections[0] ?? {};
    expect(await fiberOn(plant, id, port ?? 0)).toBeNull();
  });

  it.each(everyLoss(1))('leaves nothing when the answer of step $step is lost $when', async (loss) => {
    const contract = await reserved(plant);
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.runToTheEnd();
    expect(await leftOf(plant, contract)).toEqual(nothing);
  });

  it('removes what OZmap leaves behind', async () => {
    const contract = await reserved(plant);
    const session = plant.session();
    // An OZmap whose delete of a home leaves client and drop.
    const leaky = {
      ...session,
      ozmap: {
        ...session.ozmap,
        deleteProperty: (id: string) => {
          const write = session.ozmap.deleteProperty(id);
          const send = async () => {
            await plant.direct('PATCH', `properties/${id}`, { client: null });
            return write[SEND]();
          };
          return { method: write.method, path: write.path, [SEND]: send };
        },
      },
    };
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, leaky);
    await operation.run();
    expect(operation.steps).toEqual(['property.withdraw', 'client.withdraw']);
    expect(await leftOf(plant, contract)).toEqual(nothing);
  });

  it('is not taken for done while the drop still stands after a lost answer, and removes it then', async () => {
    const [contract, other] = [await reserved(plant), await reserved(plant)];
    const loss = { step: 0, when: 'after' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    // The embedded OZmap leaves no drop behind: another one that stands takes its part.
    Object.assign(memoryOf(operation).state.home as object, { dropId: other.dropId });
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps).toEqual(['property.withdraw', 'drop.withdraw']);
    expect((await leftOf(plant, other)).drop).toBeNull();
    expect((await operation.look()).seen).toBe('applied');
  });

  it('frees the port that a home left taken, after a lost answer', async () => {
    const [contract, other] = [await reserved(plant), await reserved(plant)];
    const loss = { step: 0, when: 'after' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.run().catch(() => {});
    // The embedded OZmap leaves no port taken: another one that is taken takes its part.
    Object.assign(memoryOf(operation).state.home as object, { connections: other.home.connections });
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps).toEqual(['property.withdraw', 'port.withdraw']);
    const { id = '', port = 0 } = other.home.connections[0] ?? {};
    expect(await fiberOn(plant, id, port ?? 0)).toBeNull();
  });

  it('frees no port beside the drop that it removes: that goes with it', async () => {
    const [contract, other] = [await reserved(plant), await reserved(plant)];
    const loss = { step: 0, when: 'after' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.run().catch(() => {});
    const { dropId, home } = other;
    Object.assign(memoryOf(operation).state.home as object, { dropId, connections: home.connections });
    await operation.run();
    expect(operation.steps).toEqual(['property.withdraw', 'drop.withdraw']);
    expect((await operation.look()).seen).toBe('applied');
  });

  it('takes away the new home of who moved out of one that was taken over', async () => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const taken = new Operation(reservePort, input, plant.session());
    const { client } = await taken.run();
    const { boxId, location } = await plant.freshSpot();
    const moved = await run(plant, relocateClient, { contractCode: input.contractCode, boxId, location });
    await run(plant, withdrawReservation, { contractCode: input.contractCode }, knowing(plant, taken, client));
    const { id: propertyId, dropId } = moved.property;
    expect(await leftOf(plant, { clientId: client.id, propertyId, dropId: dropId ?? '' })).toEqual(nothing);
  });

  it('leaves a home alone, and takes the client away, where another client moved in meanwhile', async () => {
    const contract = await reserved(plant);
    const loss = { step: 0, when: 'before' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.run().catch(() => {});
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { client: null });
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { client: { code: freshCode() } });
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps).toEqual(['property.withdraw', 'client.withdraw']);
    const left = await leftOf(plant, contract);
    expect([left.client, left.property?.connections]).toEqual([null, expect.objectContaining({ length: 1 })]);
    expect((await operation.look()).seen).toBe('applied');
  });

  it('is refused for an active client, and for a code that nobody carries', async () => {
    const { code } = await active(plant);
    expect(await refusal(run(plant, withdrawReservation, { contractCode: code }))).toMatchObject({
      reason: 'ALREADY_ACTIVE',
    });
    expect(await refusal(run(plant, withdrawReservation, { contractCode: freshCode() }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes only the client that it names, whoever else has the code by now', async () => {
    const { code: contractCode, clientId, home } = await reserved(plant);
    const other = new Operation(withdrawReservation, { contractCode, onlyClientId: home.id }, plant.session());
    expect(await refusal(other.run())).toMatchObject({ code: 'NOT_FOUND' });
    expect(other.steps).toEqual([]);
    expect(await run(plant, withdrawReservation, { contractCode, onlyClientId: clientId })).toMatchObject({
      contractCode,
    });
  });

  it('does not go by what is known of another client under the code', async () => {
    const { code: contractCode, ...contract } = await reserved(plant);
    const record = { kind: 'takeOver', propertyId: contract.propertyId, connectedHere: true };
    const session = knowing(plant, { facts: { record } }, { id: 'another', code: contractCode });
    await run(plant, withdrawReservation, { contractCode }, session);
    expect(await leftOf(plant, contract)).toEqual(nothing);
  });

  it('stops when the client was activated while the answer was lost', async () => {
    const contract = await reserved(plant);
    const loss = { step: 0, when: 'before' } as const;
    const operation = new Operation(withdrawReservation, { contractCode: contract.code }, plant.session(), loss);
    await operation.run().catch(() => {});
    await plant.direct('PATCH', `ftth-clients/${contract.clientId}`, { implanted: true });
    expect(await refusal(operation.run())).toMatchObject({ reason: 'ALREADY_ACTIVE' });
    expect((await leftOf(plant, contract)).property).not.toBeNull();
  });

  it('removes a client without home, with a warning', async () => {
    const code = freshCode();
    const { json } = await plant.direct('POST', 'ftth-clients', { code, implanted: false });
    const { warnings } = await run(plant, withdrawReservation, { contractCode: code });
    expect(warnings).toEqual(['NO_PROPERTY']);
    expect(await plant.record('ftth-clients', (json as { id: string }).id)).toBeNull();
  });

  it('is refused for a client with several homes', async () => {
    const { code, clientId, spot } = await reserved(plant);
    const second = { box: spot.boxId, ...spot.location, client: clientId, force: true, auto_connect: false };
    expect((await plant.direct('POST', 'properties', second)).status).toBe(201);
    const refused = await refusal(run(plant, withdrawReservation, { contractCode: code }));
    expect(refused.reason).toBe('SEVERAL_PROPERTIES');
    expect(refused.details).toHaveLength(2);
  });
});
