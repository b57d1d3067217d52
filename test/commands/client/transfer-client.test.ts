import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelClient } from '../../../src/commands/cancel-client.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { transferClient } from '../../../src/commands/transfer-client.saga.js';
import { withdrawReservation } from '../../../src/commands/withdraw-reservation.saga.js';
import { active, freshCode, keptHome, knowing, leftOf, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const homeOf = async (propertyId: string) => (await plant.ozmap.findPropertiesByIds([propertyId]))[0];
const to = (contractCode: ReturnType<typeof freshCode>, name = 'Nova Titular') => ({
  contractCode,
  newContractCode: freshCode(),
  name,
});

describe('transferClient', () => {
  it('gives the client the new contract, name and observation, at the same home and port, still active', async () => {
    const contract = await active(plant, { name: 'Antigo Titular', observation: 'paga em dia' });
    const input = { ...to(contract.code), observation: 'irmã do antigo' };
    await plant.emulator.clearRequests();
    const { client, property, warnings } = await run(plant, transferClient, input);
    expect((await plant.emulator.requests()).length).toBeLessThanOrEqual(8);
    expect(client).toMatchObject({ code: input.newContractCode, name: input.name, observation: input.observation });
    expect([client.implanted, client.id, warnings]).toEqual([true, contract.clientId, []]);
    expect(property).toMatchObject({ dropId: contract.dropId, connections: contract.home.connections });
    expect(property?.observation).toMatch(
      new RegExp(`^\\[CNT ${contract.code}\\] mudou de titular \\d{4}-\\d\\d-\\d\\d$`),
    );
    expect(await plant.ozmap.findClientsByCodes([contract.code])).toEqual([]);
  });

  it('leaves nothing that was said of the old holder on the client', async () => {
    const contract = await active(plant, { name: 'Antigo Titular', observation: 'paga em dia' });
    const { client } = await run(plant, transferClient, { contractCode: contract.code, newContractCode: freshCode() });
    expect([client.name, client.observation]).toEqual([null, null]);
  });

  it('hands a reservation over with its time and with what its withdrawal must know', async () => {
    const kept = await keptHome(plant, true);
    const contract = { code: freshCode(), propertyId: kept.propertyId };
    const taken = new Operation(
      reservePort,
      { contractCode: contract.code, propertyId: kept.propertyId },
      plant.session(),
    );
    const { client } = await taken.run();
    const expiresAt = new Date('2031-02-03T04:05:06.000Z');
    const operation = new Operation(transferClient, to(contract.code), knowing(plant, taken, client, expiresAt));
    const outcome = await operation.run();
    expect(outcome).toMatchObject({ expiresAt: expiresAt.toISOString(), client: { implanted: false } });
    const { newContractCode } = operation.input;
    await run(plant, withdrawReservation, { contractCode: newContractCode }, knowing(plant, operation, outcome.client));
    expect(await homeOf(kept.propertyId)).toMatchObject({ clientId: null, dropId: kept.dropId, connections: [] });
  });

  it('refuses a code in use, its own code, a code that nobody has, and a client with several homes', async () => {
    const [contract, other] = [await active(plant), await reserved(plant)];
    const refused = (input: Parameters<typeof transferClient.run>[0]) => refusal(run(plant, transferClient, input));
    const { code: contractCode } = contract;
    expect(await refused({ contractCode, newContractCode: other.code })).toMatchObject({ reason: 'CODE_IN_USE' });
    expect(await refused({ contractCode, newContractCode: contractCode })).toMatchObject({
      code: 'BAD_USER_INPUT',
      details: [{ field: 'newContractCode' }],
    });
    expect(await refused(to(freshCode()))).toMatchObject({ code: 'NOT_FOUND' });
    const { boxId, location } = contract.spot;
    const second = { box: boxId, ...location, client: contract.clientId, force: true, auto_connect: false };
    await plant.direct('POST', 'properties', second);
    expect(await refused(to(contractCode))).toMatchObject({ reason: 'SEVERAL_PROPERTIES' });
  });

  it('names a code in use that only OZmap can see, and leaves all as it was', async () => {
    const [contract, hidden] = [await active(plant, { name: 'Antigo' }), await reserved(plant)];
    const session = plant.session();
    const blind = {
      ...session.ozmap,
      findClientsByCodes: async (codes: readonly string[]) =>
        (await session.ozmap.findClientsByCodes(codes)).filter(({ code }) => code !== hidden.code),
      findPropertiesByClientCode: async () => [],
    };
    const input = { contractCode: contract.code, newContractCode: hidden.code };
    const refused = await refusal(run(plant, transferClient, input, { ...session, ozmap: blind }));
    expect(refused).toMatchObject({ reason: 'CODE_IN_USE' });
    expect(await plant.record('ftth-clients', contract.clientId)).toMatchObject({
      code: contract.code,
      name: 'Antigo',
    });
    expect((await homeOf(contract.propertyId))?.observation ?? '').toBe('');
  });

  it.each(everyLoss(2))('ends in one client when the answer of step $step is lost $when', async (loss) => {
    const contract = await active(plant);
    const operation = new Operation(transferClient, to(contract.code), plant.session(), loss);
    const { client, property } = await operation.runToTheEnd();
    expect(client).toMatchObject({ id: contract.clientId, code: operation.input.newContractCode });
    expect(property?.observation?.match(/mudou de titular/g)).toHaveLength(1);
    expect(property?.connections).toEqual(contract.home.connections);
  });

  it('writes the new holder once, and is done also where somebody else has changed the name since', async () => {
    const contract = await active(plant);
    const operation = new Operation(transferClient, to(contract.code), plant.session(), { step: 1, when: 'before' });
    await operation.run().catch(() => {});
    await operation.run();
    expect(operation.steps).toEqual(['client.transfer', 'property.mark', 'property.mark']);
    await plant.direct('PATCH', `ftth-clients/${contract.clientId}`, { name: 'Nome certo' });
    expect((await operation.look()).seen).toBe('applied');
  });

  it('leaves no mark in a home that another client moved into while the answer was lost', async () => {
    const contract = await active(plant);
    const operation = new Operation(transferClient, to(contract.code), plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    await plant.direct('PATCH', `properties/${contract.propertyId}`, { client: { code: freshCode() }, force: true });
    const taken = await homeOf(contract.propertyId);
    expect(await operation.run()).toMatchObject({ client: { id: contract.clientId }, property: null });
    expect(await homeOf(contract.propertyId)).toEqual(taken);
  });

  it('lets one of several win that hand two clients over to one contract', async () => {
    const [one, two] = [await active(plant), await active(plant)];
    const newContractCode = freshCode();
    const results = await Promise.allSettled(
      [one, two].map(({ code }) => run(plant, transferClient, { contractCode: code, newContractCode })),
    );
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.reason] : []));
    expect(lost).toEqual(['CODE_IN_USE']);
    expect(await plant.ozmap.findClientsByCodes([newContractCode, one.code, two.code])).toHaveLength(2);
  });

  it('goes back by another transfer, and its home can be left like any other', async () => {
    const contract = await active(plant);
    const there = to(contract.code);
    await run(plant, transferClient, there);
    const back = { contractCode: there.newContractCode, newContractCode: contract.code, name: 'Antigo Titular' };
    expect((await run(plant, transferClient, back)).client.code).toBe(contract.code);
    const { property } = await run(plant, cancelClient, { contractCode: contract.code });
    expect(property?.observation?.split('\n').map((line) => line.replace(/ \d{4}.*/, ''))).toEqual([
      `[CNT ${contract.code}] mudou de titular`,
      `[CNT ${there.newContractCode}] mudou de titular`,
      `[CNT ${contract.code}] cancelado`,
    ]);
    expect((await leftOf(plant, contract)).client).toBeNull();
  });
});
