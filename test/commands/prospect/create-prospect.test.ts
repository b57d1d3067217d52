import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProspect } from '../../../src/commands/create-prospect.saga.js';
import { freshCode, refusal, run } from '../contracts.js';
import { everyLoss, Operation } from '../operation.js';
import { openPlant, type Plant } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterAll(() => plant.stop());

const location = { lat: -19.9, lng: -44.05 };

describe('createProspect', () => {
  it('leaves a lead with name, phone, address, place and note, in one request', async () => {
    const input = { name: 'Loja', phone: '31 3333-0000', address: 'Rua Z, 9', location, observation: 'quer 500 Mb' };
    await plant.emulator.clearRequests();
    const { prospect } = await run(plant, createProspect, input);
    expect(await plant.emulator.requests()).toHaveLength(1);
    const { location: at, ...rest } = input;
    expect(await plant.record('prospects', prospect.id)).toMatchObject({ ...rest, lat: at.lat, lng: at.lng });
  });

  it.each(everyLoss(1))('leaves one lead per code when the answer of step $step is lost $when', async (loss) => {
    const code = freshCode();
    await new Operation(createProspect, { location, contractCode: code }, plant.session(), loss).runToTheEnd();
    expect(await plant.ozmap.findProspectsByCode(code)).toHaveLength(1);
  });

  it.each(everyLoss(1))('leaves one lead without a code when the answer of step $step is lost $when', async (loss) => {
    const input = { location, name: 'Sem código', phone: freshCode() };
    const operation = new Operation(createProspect, input, plant.session(), loss);
    const { prospect } = await operation.runToTheEnd();
    const { json } = await plant.direct('GET', 'prospects?limit=-1');
    const leads = (json as { rows: { id: string; phone: string }[] }).rows.filter(({ phone }) => phone === input.phone);
    expect(leads.map(({ id }) => id)).toEqual([prospect.id]);
  });

  it('tells whether an unanswered lead without a code arrived, and takes no other one for it', async () => {
    const input = { location, name: 'Sem código', phone: '31 3333-0001' };
    await run(plant, createProspect, input);
    const lost = new Operation(createProspect, input, plant.session(), { step: 0, when: 'before' });
    await expect(lost.run()).rejects.toThrow();
    expect(await lost.look()).toEqual({ seen: 'absent' });
    const arrived = new Operation(createProspect, input, plant.session(), { step: 0, when: 'after' });
    await expect(arrived.run()).rejects.toThrow();
    expect(await arrived.look()).toMatchObject({ seen: 'applied' });
  });

  it.each([
    ['at the very place, without a mark', { lat: 0, externalId: null }, freshCode(), 'applied'],
    ['with the mark of another', { lat: 0, externalId: 'another' }, freshCode(), 'absent'],
    ['some metres away', { lat: 0.00003, externalId: null }, freshCode(), 'absent'],
    ['at the very place, where ours has no code', { lat: 0, externalId: null }, null, 'absent'],
  ] as const)('looks at a lead %s where OZmap does not show marks', async (_, seen, contractCode, as) => {
    const session = plant.session();
    const operation = new Operation(createProspect, { location, contractCode }, session, { step: 0, when: 'before' });
    await operation.run().catch(() => {});
    const { prospect } = await run(plant, createProspect, { location });
    const lead = { ...prospect, externalId: seen.externalId, location: { ...location, lat: location.lat + seen.lat } };
    const blind = {
      ...session.ozmap,
      findProspectsByExternalId: async () => [],
      findProspectsByCode: async () => [lead],
    };
    const look = await createProspect.look(operation.input, { ...session, ozmap: blind }, operation.facts);
    expect(look.seen).toBe(as);
  });

  it('wants a place', async () => {
    const refused = await refusal(run(plant, createProspect, { location: { lat: 0, lng: 0 } }));
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
