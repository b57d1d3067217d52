import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelClient } from '../../../src/commands/cancel-client.saga.js';
import { undoCancellation } from '../../../src/commands/undo-cancellation.js';
import type { CancellationSnapshot } from '../../../src/domain/cancellation.js';
import { active, freshCode, refusal, reserved, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

async function cancelled(disconnectDrop = false) {
  const contract = await active(plant, { name: 'Casa 1', observation: 'cão bravo' });
  const input = { contractCode: contract.code, disconnectDrop };
  const operation = new Operation(cancelClient, input, plant.session());
  await operation.run();
  const undo = {
    operationId: 'op',
    contractCode: contract.code,
    cancelledAt: new Date().toISOString(),
    snapshot: operation.facts.record as CancellationSnapshot,
  };
  return { ...contract, undo };
}

const homeOf = async (propertyId: string) => (await plant.ozmap.findPropertiesByIds([propertyId]))[0];

describe('undoCancellation', () => {
  it.each([false, true])(
    'restores client, code, connection and observation (disconnected: %s)',
    async (disconnected) => {
      const { undo, ...contract } = await cancelled(disconnected);
      const { client, warnings } = await run(plant, undoCancellation, undo);
      expect(client).toMatchObject({ code: contract.code, name: 'Casa 1', observation: 'cão bravo', implanted: true });
      expect(warnings).toEqual([]);
      const home = await homeOf(contract.propertyId);
      expect(home).toMatchObject({ clientId: client.id, dropId: contract.dropId });
      expect(home?.connections).toMatchObject(contract.home.connections.map(({ id, port }) => ({ id, port })));
      expect(home?.observation ?? '').not.toContain('cancelado');
    },
  );

  it.each(everyLoss(1))('ends the same when step $step is lost $when', async (loss) => {
    const { undo, ...contract } = await cancelled(true);
    const operation = new Operation(undoCancellation, undo, plant.session(), loss);
    const { client } = await operation.runToTheEnd();
    expect(await homeOf(contract.propertyId)).toMatchObject({ clientId: client.id });
  });

  it('is refused after the window, for a code in use, a home sold again, and a port sold again', async () => {
    const late = await cancelled();
    const session = plant.session({ now: () => new Date(Date.now() + 25 * 3_600_000) });
    expect(await refusal(run(plant, undoCancellation, late.undo, session))).toMatchObject({ reason: 'UNDO_EXPIRED' });

    const inUse = await cancelled();
    await plant.direct('POST', 'ftth-clients', { code: inUse.code });
    expect(await refusal(run(plant, undoCancellation, inUse.undo))).toMatchObject({ reason: 'CODE_IN_USE' });

    const resold = await cancelled();
    await plant.direct('PATCH', `properties/${resold.propertyId}`, { client: { code: freshCode() } });
    expect(await refusal(run(plant, undoCancellation, resold.undo))).toMatchObject({ reason: 'PROPERTY_OCCUPIED' });

    const freed = await cancelled(true);
    const { id, port } = freed.home.connections[0] ?? {};
    await reserved(plant, { splitterId: id ?? null, port: port ?? null }, freed.spot);
    expect(await refusal(run(plant, undoCancellation, freed.undo))).toMatchObject({ reason: 'PORT_NO_LONGER_FREE' });
  });
});
