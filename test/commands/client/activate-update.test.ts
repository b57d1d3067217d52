import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateClient } from '../../../src/commands/activate-client.saga.js';
import { updateClient } from '../../../src/commands/update-client.saga.js';
import { aPolicy } from '../../support/a-policy.js';
import { active, freshCode, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

describe('activateClient', () => {
  it('marks the client as implanted, in four requests', async () => {
    const { code, clientId } = await reserved(plant);
    await plant.emulator.clearRequests();
    const { client, warnings } = await run(plant, activateClient, { contractCode: code });
    expect(await plant.emulator.requests()).toHaveLength(4);
    expect([client.implanted, warnings]).toEqual([true, []]);
    expect(await plant.record('ftth-clients', clientId)).toMatchObject({ implanted: true });
  });

  it('writes nothing for an active client', async () => {
    const { code } = await active(plant);
    const operation = new Operation(activateClient, { contractCode: code }, plant.session());
    expect((await operation.run()).client.implanted).toBe(true);
    expect(operation.steps).toEqual([]);
  });

  it('warns of a drop that is on no port, and of a client without home', async () => {
    const { code, dropId } = await reserved(plant);
    await plant.direct('POST', `cables/${dropId}/fibers/disconnect`);
    expect((await run(plant, activateClient, { contractCode: code })).warnings).toEqual(['DROP_DISCONNECTED']);
    const homeless = freshCode();
    await plant.direct('POST', 'ftth-clients', { code: homeless });
    expect((await run(plant, activateClient, { contractCode: homeless })).warnings).toEqual(['NO_PROPERTY']);
  });

  it.each(everyLoss(1))('ends active when the answer of step $step is lost $when', async (loss) => {
    const { code, clientId } = await reserved(plant);
    await new Operation(activateClient, { contractCode: code }, plant.session(), loss).runToTheEnd();
    expect(await plant.record('ftth-clients', clientId)).toMatchObject({ implanted: true });
  });

  it('is not taken for done where the client carries another code by now', async () => {
    const { code, clientId } = await reserved(plant);
    const loss = { step: 0, when: 'after' } as const;
    const operation = new Operation(activateClient, { contractCode: code }, plant.session(), loss);
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    await plant.direct('PATCH', `ftth-clients/${clientId}`, { code: freshCode() });
    expect((await operation.look()).seen).toBe('absent');
  });

  it('finds nobody by a code that nobody carries', async () => {
    expect(await refusal(run(plant, activateClient, { contractCode: freshCode() }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('updateClient', () => {
  it('changes what is sent, clears by null and leaves by absence', async () => {
    const { code, clientId } = await reserved(plant, { name: 'Casa 1', observation: 'cão bravo' });
    await run(plant, updateClient, { contractCode: code, name: 'Casa 2' });
    expect(await plant.record('ftth-clients', clientId)).toMatchObject({ name: 'Casa 2', observation: 'cão bravo' });
    const { client } = await run(plant, updateClient, { contractCode: code, observation: null });
    expect([client.name, client.observation ?? '']).toEqual(['Casa 2', '']);
  });

  it('warns when it overwrites a text that the caller did not mention', async () => {
    const { code } = await reserved(plant, { observation: 'do mapa' });
    const blind = await run(plant, updateClient, { contractCode: code, observation: 'do CNT' });
    expect(blind.warnings).toEqual(['OBSERVATION_OVERWRITTEN']);
    const input = { contractCode: code, observation: 'de novo', expectedObservation: 'do CNT' };
    expect((await run(plant, updateClient, input)).warnings).toEqual([]);
  });

  it('writes nothing over an observation that is not the expected one', async () => {
    const { code, clientId } = await reserved(plant, { observation: 'do mapa', name: 'Casa 1' });
    const input = { contractCode: code, name: 'Casa 2', observation: 'do CNT', expectedObservation: null };
    expect(await refusal(run(plant, updateClient, input))).toMatchObject({ reason: 'OBSERVATION_CHANGED' });
    expect(await plant.record('ftth-clients', clientId)).toMatchObject({ name: 'Casa 1', observation: 'do mapa' });
  });

  it('writes nothing at all when policy disables one of the fields', async () => {
    const { code, clientId } = await reserved(plant, { name: 'Casa 1' });
    const session = plant.session({ policy: aPolicy({ updateClientObservation: false }) });
    const input = { contractCode: code, name: 'Casa 2', observation: 'x' };
    expect(await refusal(run(plant, updateClient, input, session))).toMatchObject({
      reason: 'POLICY_DISABLED',
      details: [{ field: 'observation' }],
    });
    expect(await plant.record('ftth-clients', clientId)).toMatchObject({ name: 'Casa 1' });
  });

  it.each(everyLoss(1))('ends the same when the answer of step $step is lost $when', async (loss) => {
    const { code } = await reserved(plant, { observation: 'do mapa' });
    const input = { contractCode: code, observation: 'do CNT' };
    const operation = new Operation(updateClient, input, plant.session(), loss);
    const { client, warnings } = await operation.runToTheEnd();
    expect([client.observation, warnings]).toEqual(['do CNT', ['OBSERVATION_OVERWRITTEN']]);
  });

  it('is not taken for done where the client carries another code by now', async () => {
    const { code, clientId } = await reserved(plant);
    const input = { contractCode: code, name: 'Casa 2' };
    const operation = new Operation(updateClient, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    expect((await operation.look()).seen).toBe('applied');
    await plant.direct('PATCH', `ftth-clients/${clientId}`, { code: freshCode() });
    expect((await operation.look()).seen).toBe('absent');
  });

  it('is not taken for a changed observation when it goes on after its own write', async () => {
    const { code } = await reserved(plant, { observation: 'do mapa' });
    const input = { contractCode: code, observation: 'do CNT', expectedObservation: 'do mapa' };
    const operation = new Operation(updateClient, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    expect((await operation.run()).client.observation).toBe('do CNT');
  });
});
