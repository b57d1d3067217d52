import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relocateClient } from '../../../src/features/client/relocate-client.command.js';
import type { JsonObject } from '../../../src/journal/journal.js';
import { active, fiberOn, keptHome, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const homesOf = (clientId: string) => plant.ozmap.findPropertiesByClientIds([clientId]);

describe('relocateClient', () => {
  it('moves an active contract and keeps the old home with the code in its observation', async () => {
    const contract = await active(plant, { address: 'Rua Velha, 1' });
    const to = await plant.freshSpot();
    const input = { contractCode: contract.code, boxId: to.boxId, location: to.location, address: 'Rua Nova, 2' };
    await plant.emulator.clearRequests();
    const { client, property, oldProperty } = await run(plant, relocateClient, input);
    expect((await plant.emulator.requests()).length).toBeLessThanOrEqual(10);
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
    ([true, false] as const).flatMap((keepOldProperty) => everyLoss(3).map((loss) => ({ keepOldProperty, ...loss }))),
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
    const operation = new Operation(relocateClient, input, plant.session(), { step: 2, when: 'after' });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    // The embedded OZmap leaves no drop behind: another one that stands takes its part.
    operation.facts.old = { ...(operation.facts.old as JsonObject), dropId: other.dropId };
    expect((await operation.look()).seen).toBe('partly');
    await operation.run();
    expect(operation.steps.slice(-2)).toEqual(['property.leave', 'drop.leave']);
    expect((await leftOf(plant, other)).drop).toBeNull();
    expect((await operation.look()).seen).toBe('applied');
  });
});
