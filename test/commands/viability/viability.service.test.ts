import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GeocodeAnswer, GeocodedLocation, Geocoder } from '../../../src/geocoding/geocoder.js';
import { AreaAround, areaOfTowns, type ServiceArea } from '../../../src/geocoding/service-area.js';
import { condominiumsNear } from '../../../src/graph/viability/ask-ozmap.js';
import { ViabilityService } from '../../../src/graph/viability/viability.service.js';
import type { SystemConfig } from '../../../src/ozmap/types.js';
import { aPolicy } from '../../support/a-policy.js';
import { refusal } from '../contracts.js';
import { openPlant, type Plant, type Spot } from '../plant.js';

let plant: Plant;
let spot: Spot;
let config: SystemConfig;
beforeAll(async () => {
  plant = await openPlant();
  spot = await plant.freshSpot();
  config = await plant.ozmap.systemConfig();
});
afterAll(() => plant.stop());

/** A geocoder that answers what it is told, and remembers that it was asked. */
function answering(answer: GeocodeAnswer): Geocoder & { asked: number } {
  return {
    provider: 'told',
    asked: 0,
    async geocode() {
      this.asked += 1;
      return answer;
    },
  };
}
const place = (changes: Partial<GeocodedLocation> = {}): GeocodedLocation => ({
  ...spot.location,
  accuracyM: 5,
  precision: 'NUMBER',
  formattedAddress: 'Rua A, 1',
  neighbourhood: null,
  provider: 'told',
  ...changes,
});

function service(answer: GeocodeAnswer = { kind: 'not-found' }, changes: Partial<SystemConfig> = {}) {
  const geocoder = answering(answer);
  const session = plant.session({ systemConfig: async () => ({ ...config, ...changes }) });
  return { geocoder, viability: new ViabilityService({ session, geocoder }) };
}
const calls = async () => (await plant.emulator.requests()).map(({ path }) => path);
const address = { text: 'Rua A, 1' };

describe('ViabilityService.check', () => {
  it('takes tags by id or name, leaves blank ones out, and refuses what is none', async () => {
    const { viability } = service();
    const [tag] = await plant.ozmap.findTags();
    const asked = async (tags: string[]) => {
      await plant.emulator.clearRequests();
      await viability.check({ location: spot.location, tags });
      const [question = ''] = (await calls()).filter((path) => path.includes('ftth-viability'));
      return new URL(question, 'http://ozmap').searchParams.get('viabilityTags');
    };
    const one = JSON.stringify([tag?.id]);
    expect(await asked([tag?.id ?? ''])).toBe(one);
    expect(await asked([` ${tag?.name?.toUpperCase()} `, '', ' '])).toBe(one);
    expect(await asked(['', ' '])).toBeNull();
    for (const none of ['Inexistente', 'f'.repeat(24)]) {
      expect(await refusal(viability.check({ location: spot.location, tags: [tag?.id ?? '', none] }))).toMatchObject({
        code: 'BAD_USER_INPUT',
        details: [{ field: 'tags[1]' }],
      });
    }
  });

  it('lets OZmap decide at a location without error, in one call without radius', async () => {
    const { viability } = service();
    await plant.emulator.clearRequests();
    const result = await viability.check({ location: spot.location });
    expect(await calls()).toHaveLength(1);
    expect((await calls())[0]).not.toContain('radius=');
    expect(result).toMatchObject({ viable: true, verdict: 'VIABLE', reasons: [], mode: 'RADIUS' });
    const offer = result.boxes.find((box) => box.box.id === spot.boxId);
    expect(offer).toMatchObject({ certain: true, freePorts: expect.any(Number) });
    expect(result.validUntil.getTime() - result.checkedAt.getTime()).toBe(aPolicy().viabilityValidMinutes * 60_000);
  });

  it('widens the radius by the error of the geocoded address', async () => {
    const { viability } = service({ kind: 'found', location: place({ accuracyM: 40 }) }, { viabilityRadiusM: 150 });
    await plant.emulator.clearRequests();
    const result = await viability.check({ address });
    expect((await calls()).filter((path) => path.includes('ftth-viability'))).toEqual([
      expect.stringContaining('radius=190'),
    ]);
    expect(result.verdict).toBe('VIABLE');
    for (const { certain, distanceM } of result.boxes) expect(certain).toBe(distanceM + 40 <= 150);
  });

  it('needs a pin where the error is wider than the radius', async () => {
    const { viability } = service({ kind: 'found', location: place({ accuracyM: 300 }) }, { viabilityMaxBoxes: 500 });
    const result = await viability.check({ address });
    expect(result).toMatchObject({ viable: false, verdict: 'NEEDS_PIN', reasons: ['LOCATION_IMPRECISE'] });
  });

  it('says that there is nothing far from any box', async () => {
    const { viability } = service();
    const result = await viability.check({ location: { lat: spot.location.lat + 1, lng: spot.location.lng } });
    expect(result).toMatchObject({ viable: false, verdict: 'NOT_VIABLE', reasons: ['NO_BOX_IN_RANGE'], boxes: [] });
  });

  it('never guesses among places that answer equally well, and asks OZmap nothing', async () => {
    const candidates = [place(), place({ lat: 1 })];
    const { viability } = service({ kind: 'ambiguous', candidates });
    await plant.emulator.clearRequests();
    const result = await viability.check({ address });
    expect(result).toMatchObject({ verdict: 'UNKNOWN', reasons: ['ADDRESS_AMBIGUOUS'], location: null, candidates });
    expect(await calls()).toEqual([]);
  });

  it('says that the address was not found', async () => {
    const result = await service().viability.check({ address });
    expect(result).toMatchObject({ viable: false, verdict: 'UNKNOWN', reasons: ['ADDRESS_NOT_FOUND'] });
  });

  it('lets a location decide over an address, which stays as its text', async () => {
    const { viability, geocoder } = service();
    const parts = { street: 'Rua A', number: '1', neighbourhood: 'Centro', city: 'Vila', state: 'MG' };
    const result = await viability.check({ address: { parts }, location: spot.location });
    expect(geocoder.asked).toBe(0);
    expect(result.location).toMatchObject({
      precision: 'PIN',
      accuracyM: 0,
      provider: 'caller',
      formattedAddress: 'Rua A, 1, Centro, Vila - MG',
    });
  });

  it('narrows the search where the caller asks for less, and never widens it', async () => {
    const { viability } = service();
    const all = await viability.check({ location: spot.location });
    const nearest = Math.min(...all.boxes.map((box) => box.distanceM));
    const few = await viability.check({ location: spot.location, radiusM: nearest + 1 });
    expect(few.boxes.every((box) => box.distanceM <= nearest + 1)).toBe(true);
    const none = await viability.check({ location: spot.location, radiusM: nearest / 2 });
    expect(none).toMatchObject({ viable: false, verdict: 'NOT_VIABLE', reasons: ['NO_BOX_IN_RANGE'] });
    const wide = await viability.check({ location: spot.location, radiusM: 5_000 });
    expect(wide.boxes.map((box) => box.box.id)).toEqual(all.boxes.map((box) => box.box.id));
  });

  it('asks along the poles in pole mode: once for a pin, at the rim too for an address, not there for a vague one', async () => {
    const asked = async (accuracyM: number, request: object) => {
      const { viability } = service({ kind: 'found', location: place({ accuracyM }) });
      await plant.emulator.clearRequests();
      const { verdict } = await viability.check({ ...request, mode: 'POLES' });
      const paths = await calls();
      expect(paths.every((path) => path.includes('ftth-viability/poles'))).toBe(true);
      return { verdict, calls: paths.length };
    };
    expect(await asked(0, { location: spot.location })).toMatchObject({ calls: 1 });
    expect(await asked(15, { address })).toMatchObject({ calls: 5 });
    expect(await asked(101, { address })).toEqual({ verdict: 'NEEDS_PIN', calls: 1 });
  });

  it('asks for condominiums only where OZmap considers them and the error is large enough to matter', async () => {
    const condominium = (await plant.ozmap.findHorizontalCondominiums())[0];
    const corner = condominium?.polygon[0];
    if (!corner) throw new Error('the town has a gated community');
    const found = (accuracyM: number) => ({ kind: 'found' as const, location: place({ ...corner, accuracyM }) });
    const condominiumCalls = async () => (await calls()).filter((path) => path.includes('condominiums')).length;
    for (const [accuracyM, considersHorizontalCondominiums, expected] of [
      [20, true, 1],
      [5, true, 0],
      [20, false, 0],
    ] as const) {
      const { viability } = service(found(accuracyM), { considersHorizontalCondominiums });
      await plant.emulator.clearRequests();
      const result = await viability.check({ address });
      expect(await condominiumCalls()).toBe(expected);
      if (expected) expect(result).toMatchObject({ verdict: 'NEEDS_PIN', reasons: ['LOCATION_IMPRECISE'] });
    }
  });

  it('tells the gated communities at a place and within the search radius, the nearest first, by one question', async () => {
    const [condominium] = await plant.ozmap.findHorizontalCondominiums();
    const [west, east] = [condominium?.polygon[0], condominium?.polygon[2]];
    if (!west || !east) throw new Error('the town has a gated community');
    const inside = { lat: (west.lat + east.lat) / 2, lng: (west.lng + east.lng) / 2 };
    const { viability } = service({ kind: 'not-found' }, { viabilityRadiusM: 150 });
    const at = async (lat: number, lng: number, more: { accuracyM?: number; radiusM?: number } = {}) => {
      const answer = await viability.check({ location: { lat, lng }, ...more });
      await plant.emulator.clearRequests();
      const near = await condominiumsNear(plant.ozmap, answer);
      return near?.map(({ condominium: { name }, distanceM }) => [name, Math.round(distanceM)]);
    };
    expect(await at(inside.lat, inside.lng)).toEqual([[condominium?.name, 0]]);
    expect(await calls()).toHaveLength(1);
    const beside = 1 / (111_195 * Math.cos((inside.lat * Math.PI) / 180));
    expect(await at(inside.lat, east.lng + 120 * beside)).toEqual([[condominium?.name, 120]]);
    expect(await at(inside.lat, east.lng + 120 * beside, { radiusM: 100 })).toEqual([]);
    expect(await at(inside.lat, east.lng + 170 * beside)).toEqual([]);
    expect(await at(inside.lat, east.lng + 170 * beside, { accuracyM: 30 })).toEqual([[condominium?.name, 170]]);
    expect(await at(0, 0)).toEqual([]);
  });

  it('wants an address or a location', async () => {
    expect(await refusal(service().viability.check({}))).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('has no usable location at 0, 0', async () => {
    expect(await service().viability.check({ location: { lat: 0, lng: 0 } })).toMatchObject({ verdict: 'UNKNOWN' });
  });

  it('asks OZmap nothing where the error is wider than any radius', async () => {
    const { viability } = service({ kind: 'found', location: place({ accuracyM: 14_000, precision: 'MUNICIPALITY' }) });
    await plant.emulator.clearRequests();
    for (const request of [{ address }, { location: spot.location, accuracyM: 50_000 }])
      expect(await viability.check(request)).toMatchObject({
        verdict: 'NEEDS_PIN',
        reasons: ['LOCATION_IMPRECISE'],
        boxes: [],
      });
    expect((await calls()).filter((path) => path.includes('ftth-viability'))).toEqual([]);
  });

  it('takes a position that is written as an address, without asking the geocoder', async () => {
    const { viability, geocoder } = service();
    const { lat, lng } = spot.location;
    const text = `${lat.toFixed(6)}; ${lng.toFixed(6)}`.replaceAll('.', ',');
    for (const written of [text, `https://www.google.com/maps?q=${lat.toFixed(6)},${lng.toFixed(6)}`])
      expect(await viability.check({ address: { text: written } })).toMatchObject({
        verdict: 'VIABLE',
        location: { precision: 'PIN', accuracyM: 0, provider: 'caller' },
      });
    expect(geocoder.asked).toBe(0);
  });
});

describe('ViabilityService.check, of a place outside the service area', () => {
  const around = new AreaAround();
  const towns = areaOfTowns([{ name: 'Juiz de Fora', state: 'MG' }], around);
  const inArea = (answer: GeocodeAnswer = { kind: 'not-found' }, area: ServiceArea = around) => {
    around.setPoints([spot.location]);
    return new ViabilityService({ session: plant.session(), geocoder: answering(answer), area });
  };
  const outside = { verdict: 'UNKNOWN', viable: false, reasons: ['OUTSIDE_SERVICE_AREA'], location: null };

  it.each([
    ['swapped', (lat: number, lng: number) => ({ lat: lng, lng: lat })],
    ['without signs', (lat: number, lng: number) => ({ lat: -lat, lng: -lng })],
  ])('offers the place that was meant by coordinates that are %s', async (_, wrong) => {
    const { lat, lng } = spot.location;
    const location = wrong(lat, lng);
    const candidates = [{ lat, lng, precision: 'PIN' }];
    expect(await inArea().check({ location })).toMatchObject({ ...outside, candidates });
    const text = `${location.lat}, ${location.lng}`;
    expect(await inArea().check({ address: { text } })).toMatchObject({ ...outside, candidates });
  });

  it('asks back about a position far from the network, also where the area is towns, whose borders nobody knows', async () => {
    const { lat, lng } = spot.location;
    const far = { lat: lat - 3, lng };
    expect(await inArea(undefined, towns).check({ location: far })).toMatchObject({ ...outside, candidates: [far] });
    const text = `${far.lat.toFixed(6)}, ${far.lng.toFixed(6)}`;
    expect(await inArea(undefined, towns).check({ address: { text } })).toMatchObject(outside);
    const outskirts = { lat: lat - 0.2, lng };
    expect(await inArea(undefined, towns).check({ location: outskirts })).toMatchObject({ verdict: 'NOT_VIABLE' });
    const found = place({ lat: lat - 3 });
    expect(await inArea({ kind: 'found', location: found }, towns).check({ address })).toMatchObject({
      verdict: 'NOT_VIABLE',
    });
  });

  it('shows what the geocoder found there, and is never a plain no', async () => {
    const elsewhere = place({ lat: spot.location.lat - 3 });
    const answers: GeocodeAnswer[] = [
      { kind: 'found', location: elsewhere },
      { kind: 'ambiguous', candidates: [elsewhere] },
      { kind: 'outside', candidates: [elsewhere] },
    ];
    for (const answer of answers)
      expect(await inArea(answer).check({ address })).toMatchObject({ ...outside, candidates: [elsewhere] });
    expect(await inArea({ kind: 'ambiguous', candidates: [elsewhere, place()] }).check({ address })).toMatchObject({
      reasons: ['ADDRESS_AMBIGUOUS'],
      candidates: [{ lat: spot.location.lat }],
    });
  });
});
