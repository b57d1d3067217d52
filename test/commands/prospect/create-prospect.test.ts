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

  describe('unless the person is known', () => {
    const at = { lat: -19.91, lng: -44.06 };
    const kept = { name: 'Sítio São José', phone: '(31) 99876-5432', location: at };
    const metresEast = (metres: number) => ({ lat: at.lat, lng: at.lng + metres / 104_500 });
    const nobody = { name: 'Outro Nome', phone: '31 90000-1111' };
    let id: string;
    beforeAll(async () => {
      id = (await run(plant, createProspect, kept)).prospect.id;
    });

    it.each([
      ['the phone with +55 and without blanks', { ...nobody, phone: '+5531998765432' }, 0, 'PHONE'],
      ['the phone without its area code, some houses on', { phone: '99876 5432' }, 80, 'PHONE'],
      ['the name without accents', { ...nobody, name: 'sitio  sao jose' }, 30, 'NAME'],
      ['both', { name: kept.name, phone: kept.phone }, 30, 'PHONE'],
    ] as const)(
      'writes nothing for %s, and tells the other lead by its id and by what it is the same',
      async (_, who, eastM, by) => {
        await plant.emulator.clearRequests();
        const input = { ...who, location: metresEast(eastM), unlessKnown: true };
        const { prospect, isKnown, knownBy } = await run(plant, createProspect, input);
        expect({ isKnown, knownBy, prospect }).toEqual({
          isKnown: true,
          knownBy: by,
          prospect: { id, externalId: null, code: null, name: null, phone: null, location: null },
        });
        expect((await plant.emulator.requests()).map(({ method }) => method)).toEqual(['GET']);
      },
    );

    it.each([
      ['somebody else at the same place', nobody, 0, true],
      ['the same phone in another street', { phone: kept.phone }, 300, true],
      ['a number too short to be a phone', { name: 'Curto', phone: '5432' }, 0, true],
      ['the same person where nobody asks', kept, 0, false],
    ])('keeps a lead of %s', async (_, who, eastM, unlessKnown) => {
      const input = { ...who, location: metresEast(eastM), unlessKnown };
      const { prospect, isKnown } = await run(plant, createProspect, input);
      expect(isKnown).toBeUndefined();
      expect(prospect.id).not.toBe(id);
    });

    it('knows a person by the telephone rather than by the name, and nobody by what neither gave', async () => {
      const [one, other] = [metresEast(1_000), metresEast(2_000)];
      await run(plant, createProspect, { name: 'Ana', phone: '31 90000-0001', location: one });
      const { prospect } = await run(plant, createProspect, { name: 'Bia', phone: '31 90000-0002', location: one });
      const both = { name: 'Ana', phone: '31 90000-0002', location: one, unlessKnown: true };
      expect(await run(plant, createProspect, both)).toMatchObject({ knownBy: 'PHONE', prospect: { id: prospect.id } });
      for (const who of [{ phone: '31 90000-0003' }, { phone: '31 90000-0004' }, { name: 'Cid' }, { name: 'Davi' }]) {
        const { isKnown } = await run(plant, createProspect, { ...who, location: other, unlessKnown: true });
        expect(isKnown).toBeUndefined();
      }
    });

    it('keeps the lead where OZmap cannot be asked for leads by their place', async () => {
      await plant.emulator.fault({
        fault: 'status',
        status: 400,
        times: 1,
        match: { method: 'GET', path: 'prospects' },
      });
      const { isKnown } = await run(plant, createProspect, { ...kept, unlessKnown: true });
      expect(isKnown).toBeUndefined();
    });
  });

  it('wants a place', async () => {
    const refused = await refusal(run(plant, createProspect, { location: { lat: 0, lng: 0 } }));
    expect(refused).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
