import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activateClient } from '../../../src/commands/activate-client.saga.js';
import { cancelClient } from '../../../src/commands/cancel-client.saga.js';
import { changePort } from '../../../src/commands/change-port.saga.js';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { updateClient } from '../../../src/commands/update-client.saga.js';
import { withdrawReservation } from '../../../src/commands/withdraw-reservation.saga.js';
import { parseContractCode } from '../../../src/domain/contract-code.js';
import type { Property } from '../../../src/ozmap/types.js';
import { active, freshCode, refusal, reserved, run } from '../contracts.js';
import { openPlant, type Plant, type Row } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

async function homes(test: (home: Property) => boolean): Promise<Property[]> {
  const { json } = await plant.direct('GET', 'properties?limit=-1');
  const ids = (json as { rows: Row[] }).rows.map(({ id }) => id);
  return (await plant.ozmap.findPropertiesByIds(ids)).filter(test);
}
const homeOf = async (id: string) => (await plant.ozmap.findPropertiesByIds([id]))[0];

describe('a code that two clients carry', () => {
  it('is refused by every command, naming them', async () => {
    const { code, clientId } = await active(plant);
    const session = plant.session();
    const twins = {
      ...session,
      ozmap: {
        ...session.ozmap,
        findClientsByCodes: async (codes: readonly string[]) => {
          const found = await session.ozmap.findClientsByCodes(codes);
          return found.flatMap((client) => [client, { ...client, id: 'twin' }]);
        },
      },
    };
    const input = { contractCode: code };
    for (const act of [
      () => run(plant, activateClient, input, twins),
      () => run(plant, updateClient, input, twins),
      () => run(plant, cancelClient, input, twins),
      () => run(plant, withdrawReservation, input, twins),
    ]) {
      const refused = await refusal(act());
      expect(refused).toMatchObject({ code: 'CONFLICT', reason: 'CODE_AMBIGUOUS' });
      expect(refused.details.map(({ value }) => value)).toEqual([clientId, 'twin']);
    }
  });
});

describe('a code that OZmap finds for another, which differs in its capitals', () => {
  it('is no contract’s', async () => {
    const { code, clientId } = await active(plant);
    const session = plant.session();
    const findClientsByCodes = async () => plant.ozmap.findClientsByIds([clientId]);
    const lax = { ...session, ozmap: { ...session.ozmap, findClientsByCodes } };
    const input = { contractCode: parseContractCode(code.toLowerCase()) };
    for (const act of [
      () => run(plant, activateClient, input, lax),
      () => run(plant, cancelClient, input, lax),
      () => run(plant, withdrawReservation, input, lax),
    ])
      expect(await refusal(act())).toMatchObject({ code: 'NOT_FOUND' });
    expect(await plant.record('ftth-clients', clientId)).not.toBeNull();
  });
});

describe('a client with several homes', () => {
  it('is activated and updated, but not moved or removed', async () => {
    const { code, clientId, spot } = await reserved(plant);
    const second = { box: spot.boxId, ...spot.location, client: clientId, force: true, auto_connect: false };
    await plant.direct('POST', 'properties', second);
    expect((await run(plant, activateClient, { contractCode: code })).client.implanted).toBe(true);
    expect((await run(plant, updateClient, { contractCode: code, name: 'Casa 1' })).client.name).toBe('Casa 1');
    expect(await refusal(run(plant, cancelClient, { contractCode: code }))).toMatchObject({
      reason: 'SEVERAL_PROPERTIES',
    });
    const move = run(plant, changePort, { contractCode: code, boxId: spot.boxId });
    expect(await refusal(move)).toMatchObject({ reason: 'SEVERAL_PROPERTIES' });
  });
});

describe('a flat in a building', () => {
  it('is taken over, left by a withdrawal as it was, and kept by a cancellation', async () => {
    const [flat] = await homes(
      (home) => home.buildingId !== null && home.clientId !== null && home.connections.length > 0,
    );
    if (!flat?.client) throw new Error('the town has a building with a flat that is lived in');
    await plant.direct('PATCH', `ftth-clients/${flat.client.id}`, { implanted: true });
    const kept = await run(plant, cancelClient, { contractCode: parseContractCode(flat.client.code) });
    expect(kept.property).toMatchObject({ id: flat.id, buildingId: flat.buildingId, connections: flat.connections });

    const code = freshCode();
    const { property } = await run(plant, reservePort, { contractCode: code, propertyId: flat.id });
    expect(property).toMatchObject({ id: flat.id, connections: flat.connections });
    expect(await refusal(run(plant, changePort, { contractCode: code, boxId: flat.buildingId ?? '' }))).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await run(plant, withdrawReservation, { contractCode: code });
    expect(await homeOf(flat.id)).toMatchObject({ clientId: null, connections: flat.connections });
  });

  /** A flat that stands empty, without a drop, and the code of its last contract. */
  const emptied = async () => {
    const [flat] = await homes(
      ({ buildingId, dropId, client }) => buildingId !== null && dropId !== null && client !== null,
    );
    if (!flat?.client) throw new Error('the town has a building with another flat that is lived in');
    await plant.direct('PATCH', `ftth-clients/${flat.client.id}`, { implanted: true });
    const contractCode = parseContractCode(flat.client.code);
    await run(plant, cancelClient, { contractCode });
    await plant.direct('DELETE', `cables/${flat.dropId}`);
    expect(await homeOf(flat.id)).toMatchObject({ clientId: null, dropId: null, connections: [] });
    return { contractCode, propertyId: flat.id };
  };

  it('is put on a port by who takes it over, where it had no drop, and left as it was where that is undone', async () => {
    const input = await emptied();
    const session = plant.session();
    let seen = 0;
    // The look after the write finds it on no port.
    const findPropertiesByIds: typeof session.ozmap.findPropertiesByIds = async (ids) => {
      const found = await session.ozmap.findPropertiesByIds(ids);
      seen += 1;
      return seen === 2 ? found.map((home) => ({ ...home, connections: [] })) : found;
    };
    const confused = { ...session, ozmap: { ...session.ozmap, findPropertiesByIds } };
    expect(await refusal(run(plant, reservePort, input, confused))).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'connection' }],
    });
    expect(await homeOf(input.propertyId)).toMatchObject({ clientId: null, dropId: null, connections: [] });
    const { property } = await run(plant, reservePort, input);
    expect(property).toMatchObject({ id: input.propertyId, connections: [{ kind: 'Splitter' }] });
  });

  it('is not deleted when its first client gives up', async () => {
    const [flat] = await homes((home) => home.buildingId !== null && home.clientId !== null);
    if (!flat?.client) throw new Error('the town has another flat that is lived in');
    await plant.direct('PATCH', `ftth-clients/${flat.client.id}`, { implanted: false });
    await run(plant, withdrawReservation, { contractCode: parseContractCode(flat.client.code) });
    expect(await homeOf(flat.id)).toMatchObject({ clientId: null });
  });
});

describe('a client on a connector', () => {
  it('is cancelled and its connection freed like any other', async () => {
    const [home] = await homes(({ client, connections }) => client !== null && connections[0]?.kind === 'Connector');
    if (!home?.client) throw new Error('the town has a client on a connector');
    await plant.direct('PATCH', `ftth-clients/${home.client.id}`, { implanted: true });
    const { property } = await run(plant, cancelClient, {
      contractCode: parseContractCode(home.client.code),
      disconnectDrop: true,
    });
    expect(property).toMatchObject({ id: home.id, clientId: null, connections: [] });
  });
});
