import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateClient } from '../../../src/commands/activate-client.saga.js';
import { extendReservation } from '../../../src/commands/extend-reservation.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { withdrawReservation } from '../../../src/commands/withdraw-reservation.saga.js';
import { freshCode, keptHome, knowing, leftOf, refusal, reserved, run } from '../contracts.js';
import { Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('extendReservation', () => {
  it('says until when the reservation holds, and writes nothing to OZmap', async () => {
    const contract = await reserved(plant);
    const before = await leftOf(plant, contract);
    await plant.emulator.clearRequests();
    const operation = new Operation(
      extendReservation,
      { contractCode: contract.code, until: inDays(3) },
      plant.session(),
    );
    const { client, expiresAt } = await operation.run();
    expect((await plant.emulator.requests()).map(({ method }) => method)).toEqual(['GET', 'GET']);
    expect([client.id, expiresAt]).toEqual([contract.clientId, operation.input.until]);
    expect(await leftOf(plant, contract)).toEqual(before);
    expect((await operation.look()).seen).toBe('applied');
  });

  it('refuses a time that is past or more than a year away, whoever has no reservation, and the active', async () => {
    const contract = await reserved(plant);
    const refused = (until: string, contractCode = contract.code) =>
      refusal(run(plant, extendReservation, { contractCode, until }));
    for (const days of [-0.01, 367]) {
      expect(await refused(inDays(days))).toMatchObject({ code: 'BAD_USER_INPUT', details: [{ field: 'until' }] });
    }
    expect(await refused(inDays(1), freshCode())).toMatchObject({ code: 'NOT_FOUND' });
    await run(plant, activateClient, { contractCode: contract.code });
    expect(await refused(inDays(1))).toMatchObject({ reason: 'ALREADY_ACTIVE' });
  });

  it('does not stand for a repeated one once the contract is active', async () => {
    const contract = await reserved(plant);
    const input = { contractCode: contract.code, until: inDays(3) };
    const operation = new Operation(extendReservation, input, plant.session());
    await operation.run();
    const stands = async () => (await extendReservation.stands(input, plant.session(), operation.facts)).seen;
    expect(await stands()).toBe('applied');
    await run(plant, activateClient, { contractCode: contract.code });
    expect(await stands()).toBe('absent');
  });

  it('passes on what the withdrawal must know: a home that was taken over stays', async () => {
    const kept = await keptHome(plant, true);
    const input = { contractCode: freshCode(), propertyId: kept.propertyId };
    const taken = new Operation(reservePort, input, plant.session());
    const { client } = await taken.run();
    const asked = { contractCode: input.contractCode, until: inDays(1) };
    const extension = new Operation(extendReservation, asked, knowing(plant, taken, client));
    await extension.run();
    await run(plant, withdrawReservation, { contractCode: input.contractCode }, knowing(plant, extension, client));
    const [home] = await plant.ozmap.findPropertiesByIds([kept.propertyId]);
    expect(home).toMatchObject({ clientId: null, connections: [], dropId: kept.dropId });
  });
});
