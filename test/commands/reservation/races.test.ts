import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reservePort } from '../../../src/commands/reserve-port.saga.js';
import { AppError } from '../../../src/errors/app-error.js';
import type { Property } from '../../../src/ozmap/types.js';
import { freshCode, refusal, reserved, run } from '../contracts.js';
import { Operation } from '../operation.js';
import { openPlant, type Plant, type Spot } from '../plant.js';

let plant: Plant;
beforeAll(async () => {
  plant = await openPlant();
});
afterEach(() => plant.emulator.clearFaults());
afterAll(() => plant.stop());

const asking = (spot: Spot, code = freshCode()) => ({
  contractCode: code,
  boxId: spot.boxId,
  location: spot.location,
});

describe('reservePort among others', () => {
  it('sells as many ports as there are, one each, and tells every loser', async () => {
    const spot = await plant.freshSpot();
    const before = await plant.ozmap.findPropertiesByBoxIds([spot.boxId]);
    const { boxes } = await plant.ozmap.viabilityByRadius({ location: spot.location });
    const freePorts = boxes.find((box) => box.id === spot.boxId)?.availability ?? 0;
    const codes = Array.from({ length: freePorts + 6 }, () => freshCode());
    const results = await Promise.allSettled(codes.map((code) => run(plant, reservePort, asking(spot, code))));
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(freePorts);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toBeInstanceOf(AppError);
        expect(result.reason.reason).toBe('BOX_FULL');
      }
    }
    const after = await plant.ozmap.findPropertiesByBoxIds([spot.boxId]);
    expect(after.length - before.length).toBe(freePorts);
    const ports = after.flatMap((home) => home.connections.map(({ id, port }) => `${id} ${port}`));
    expect(new Set(ports).size).toBe(ports.length);
    expect(await plant.ozmap.findClientsByCodes(codes)).toHaveLength(freePorts);
  });

  it('makes one client of a code that is asked for on several boxes at once', async () => {
    const code = freshCode();
    const spots = [await plant.freshSpot(), await plant.freshSpot(), await plant.freshSpot(), await plant.freshSpot()];
    const results = await Promise.allSettled(spots.map((spot) => run(plant, reservePort, asking(spot, code))));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason.reason).toBe('CODE_IN_USE');
    }
    expect(await plant.ozmap.findClientsByCodes([code])).toHaveLength(1);
  });

  /** An OZmap that lets two homes say that they hang on one port; the other one was made then. */
  const shared = (createdAt: string) => {
    const session = plant.session();
    const findPropertiesByBoxIds = async (ids: readonly string[]): Promise<Property[]> => {
      const homes = await session.ozmap.findPropertiesByBoxIds(ids);
      const ours = homes.at(-1);
      return ours ? [...homes, { ...ours, id: '000000000000000000000000', createdAt }] : homes;
    };
    return { ...session, ozmap: { ...session.ozmap, findPropertiesByBoxIds, findSplittersByIds: async () => [] } };
  };

  it('keeps the port where the other home on it came later', async () => {
    const spot = await plant.freshSpot();
    const { property } = await run(plant, reservePort, asking(spot), shared('2999-01-01'));
    expect(property?.connections).toHaveLength(1);
  });

  it('gives the port up, leaving nothing, when another client turns out to be on it', async () => {
    const spot = await plant.freshSpot();
    const twice = shared('2001-01-01');
    const input = asking(spot);
    expect(await refusal(run(plant, reservePort, input, twice))).toMatchObject({ reason: 'BOX_FULL' });
    expect(await plant.ozmap.findClientsByCodes([input.contractCode])).toEqual([]);
    const again = { ...asking(spot), splitterId: spot.splitter.id, port: spot.splitter.outputs.indexOf(null) + 1 };
    const named = { ...twice, ozmap: { ...twice.ozmap, findSplittersByIds: async () => [spot.splitter] } };
    expect(await refusal(run(plant, reservePort, again, named))).toMatchObject({ reason: 'PORT_TAKEN' });
    expect(await plant.ozmap.findClientsByCodes([again.contractCode])).toEqual([]);
  });

  it('finishes an undo that was cut short, and refuses as before', async () => {
    const spot = await plant.freshSpot();
    const session = plant.session();
    let drops = 0;
    // The first read-back sees a drop that ends elsewhere.
    const confused = {
      ...session,
      ozmap: {
        ...session.ozmap,
        findDropsByIds: async (ids: readonly string[]) => {
          drops += 1;
          const found = await session.ozmap.findDropsByIds(ids);
          return drops === 1 ? found.map((drop) => ({ ...drop, boxId: 'elsewhere' })) : found;
        },
      },
    };
    const input = asking(spot);
    const operation = new Operation(reservePort, input, confused, { step: 1, when: 'before' });
    expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    expect(await operation.look()).toEqual({ seen: 'partly' });
    expect(await refusal(operation.run())).toMatchObject({
      code: 'UPSTREAM_UNEXPECTED_EFFECT',
      details: [{ field: 'drop.boxId' }],
    });
    expect(await plant.ozmap.findClientsByCodes([input.contractCode])).toEqual([]);
    // It keeps no memory of what it undid: the next attempt reserves.
    const { property } = await operation.run();
    expect(property).toMatchObject({ boxId: spot.boxId, client: { code: input.contractCode } });
    expect(operation.steps).toEqual(['property.create', 'property.undo', 'property.undo', 'property.create']);
  });

  it('cannot have a code of a project that its token does not see', async () => {
    const { code, home } = await reserved(plant);
    const { json } = await plant.direct('GET', 'boxes?limit=-1', undefined, 'demo-norte');
    const north = (json as { rows: { project: string }[] }).rows[0]?.project;
    for (let spot = await plant.freshSpot(); ; spot = await plant.freshSpot()) {
      const projects = (await plant.ozmap.findBoxesByIds([spot.boxId])).map((box) => box.projectId);
      if (!projects.includes(north ?? '') || home.projectId === north) continue;
      const session = plant.session({ ozmap: plant.as('demo-norte') });
      expect(await session.ozmap.findClientsByCodes([code])).toEqual([]);
      expect(await refusal(run(plant, reservePort, asking(spot, code), session))).toMatchObject({
        reason: 'CODE_IN_USE',
      });
      return;
    }
  });
});

describe('reservePort over a failing line', () => {
  it.each(['reset-before', 'reset-after'] as const)(
    'tells that the outcome is unknown (%s), and then what it was',
    async (fault) => {
      const spot = await plant.freshSpot();
      const operation = new Operation(reservePort, asking(spot), plant.session());
      await plant.emulator.fault({ match: { method: 'POST', path: 'properties' }, fault, times: 1 });
      expect(await refusal(operation.run())).toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
      const look = await operation.look();
      expect(look.seen).toBe(fault === 'reset-after' ? 'applied' : 'absent');
      if (look.seen === 'applied') expect(look.outcome.client.code).toBe(operation.input.contractCode);
    },
  );

  it('knows its home by what it wrote on it, also when OZmap put it elsewhere, and takes it back', async () => {
    const spot = await plant.freshSpot();
    const input = asking(spot);
    const lost = new Operation(reservePort, input, plant.session(), { step: 0, when: 'after' });
    await expect(lost.run()).rejects.toMatchObject({ code: 'UPSTREAM_OUTCOME_UNKNOWN' });
    const [made] = await plant.ozmap.findPropertiesByClientCode(input.contractCode);
    await plant.direct('PATCH', `properties/${made?.id}`, { lat: spot.location.lat + 0.0001, lng: spot.location.lng });
    expect(await lost.look()).toEqual({ seen: 'partly' });
    expect(await refusal(lost.run())).toMatchObject({ details: [{ field: 'location' }] });
    expect(await plant.ozmap.findPropertiesByClientCode(input.contractCode)).toEqual([]);
  });

  it('takes a home for its own, and leaves it alone, whose client somebody implanted while the answer was lost', async () => {
    const { boxId, location } = await plant.freshSpot();
    const code = freshCode();
    const input = { contractCode: code, boxId, location };
    const operation = new Operation(reservePort, input, plant.session(), { step: 0, when: 'after' });
    await operation.run().catch(() => {});
    const [client] = await plant.ozmap.findClientsByCodes([code]);
    await plant.direct('PATCH', `ftth-clients/${client?.id}`, { implanted: true });
    expect(await operation.look()).toMatchObject({ seen: 'applied', outcome: { client: { implanted: true } } });
    await operation.run();
    expect(operation.steps).toEqual(['property.create']);
    expect(await plant.ozmap.findClientsByCodes([code])).toMatchObject([{ id: client?.id, implanted: true }]);
  });

  it.each([
    ['somebody implanted its client', 'client', { implanted: true }],
    ['another client lives there by now', 'home', { client: { code: freshCode() } }],
  ] as const)(
    'leaves a home alone that is not as asked, where the answer was lost and %s',
    async (_, whose, change) => {
      const spot = await plant.freshSpot();
      const input = asking(spot);
      const lost = new Operation(reservePort, input, plant.session(), { step: 0, when: 'after' });
      await lost.run().catch(() => {});
      const [made] = await plant.ozmap.findPropertiesByClientCode(input.contractCode);
      await plant.direct('PATCH', `properties/${made?.id}`, {
        lat: spot.location.lat + 0.0001,
        lng: spot.location.lng,
      });
      if (whose === 'client') await plant.direct('PATCH', `ftth-clients/${made?.clientId}`, change);
      else await plant.direct('PATCH', `properties/${made?.id}`, { ...change, force: true });
      const before = await plant.ozmap.findPropertiesByIds([made?.id ?? '']);
      expect(await refusal(lost.run())).toMatchObject({ details: expect.arrayContaining([{ field: 'location' }]) });
      expect(lost.steps).toEqual(['property.create']);
      expect(await plant.ozmap.findPropertiesByIds([made?.id ?? ''])).toEqual(before);
    },
  );

  it('sees an effect that comes late', async () => {
    const spot = await plant.freshSpot();
    const operation = new Operation(reservePort, asking(spot), plant.session());
    await plant.emulator.fault({
      match: { method: 'POST', path: 'properties' },
      fault: 'late',
      lateMs: 150,
      times: 1,
    });
    await refusal(operation.run());
    expect((await operation.look()).seen).toBe('absent');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect((await operation.look()).seen).toBe('applied');
  });
});
