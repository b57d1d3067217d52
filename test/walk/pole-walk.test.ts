import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Referee } from '../support/referee.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

interface Point {
  lat: number;
  lng: number;
}
interface Offer {
  dropLengthM: number;
  dropPath: Point[];
  certain: boolean;
  freePorts: number;
  box: { id: string; name: string };
}
interface Answer {
  viability: { verdict: string; mode: string; reasons: string[]; boxes: Offer[] };
}

interface Sold {
  problem: unknown;
  reservation: { drop: { lengthM: number; path: Point[] }; property: { id: string } };
}

const VIABILITY = `query ($input: ViabilityInput!) {
  viability(input: $input) {
    verdict mode reasons
    boxes { dropLengthM certain freePorts dropPath { lat lng } box { id name } }
  }
}`;
const RESERVE = `mutation ($input: ReservePortInput!) {
  reservePort(input: $input) {
    problem { code reason }
    reservation { drop { lengthM path { lat lng } } property { id } }
  }
}`;

let emulator: TestEmulator;
let subgraph: TestSubgraph;
let sdk: Referee;

beforeAll(async () => {
  emulator = await startTestEmulator();
  sdk = new Referee(emulator.url);
  const { value } = await sdk.call({ proxy: 'systemConfig', method: 'find' });
  await emulator.api('PATCH', `system-configs/${value.id}`, { viability: { mode: 'poles' } });
  // Nothing here is found by an address.
  const geocoder = { GEOCODER: 'nominatim', NOMINATIM_URL: 'http://127.0.0.1:9' };
  subgraph = await startTestSubgraph({ env: { OZMAP_URL: emulator.url, OZMAP_TOKEN: 'demo', ...geocoder } });
});
afterAll(async () => {
  sdk.stop();
  await subgraph.stop();
  await emulator.stop();
});

const ask = async (input: object) => {
  const { data, errors } = await subgraph.query(VIABILITY, { input });
  expect(errors).toEqual([]);
  return (data as unknown as Answer).viability;
};

/** A door near the middle with an offer that goes round at least one corner. */
async function offered(): Promise<{ location: Point; offer: Offer }> {
  const { value } = await sdk.call<{ rows: Point[] }>({ proxy: 'box', method: 'find', args: [{ limit: 40 }] });
  for (const box of value.rows) {
    const location = { lat: box.lat + 0.0004, lng: box.lng + 0.0005 };
    const { boxes } = await ask({ location });
    const offer = boxes.find(({ dropPath, freePorts }) => dropPath.length >= 4 && freePorts >= 3);
    if (offer) return { location, offer };
  }
  throw new Error('no offer along the poles');
}

describe('A sale in pole mode', () => {
  it('lays the way that was offered, as long as it was offered, and the SDK sees it so', async () => {
    const { location, offer } = await offered();
    const input = { contractCode: 'POSTE-1', name: 'Cliente', boxId: offer.box.id, location };
    const { data } = await subgraph.query(RESERVE, { input });
    const { problem, reservation } = (data as unknown as { reservePort: Sold }).reservePort;
    expect(problem).toBeNull();
    expect(reservation.drop.path).toEqual(offer.dropPath);
    expect(Math.abs(reservation.drop.lengthM - offer.dropLengthM)).toBeLessThan(1);

    const home = await sdk.call<{ drop: string; pole: string }>({
      proxy: 'property',
      method: 'findById',
      args: [reservation.property.id],
    });
    const cable = await sdk.call<{ poles: { id: string }[]; length: number }>({
      proxy: 'cable',
      method: 'findById',
      args: [home.value.drop],
    });
    // OZmap keeps the way from the box to the home's pole; the path begins at the home.
    expect(cable.value.poles).toHaveLength(offer.dropPath.length - 2);
    expect(cable.value.poles.at(-1)?.id).toBe(home.value.pole);
    expect(Math.abs(cable.value.length - offer.dropLengthM)).toBeLessThan(1);
  });

  it('is a plain yes for a rooftop, and a question back where the rim says no', async () => {
    const { location } = await offered();
    expect(await ask({ location, accuracyM: 5 })).toMatchObject({ mode: 'POLES', verdict: 'VIABLE' });
    expect(await ask({ location, accuracyM: 400 })).toMatchObject({
      verdict: 'NEEDS_PIN',
      reasons: ['LOCATION_IMPRECISE'],
    });
  });

  it('is asked by the nearest pole where OZmap takes no point', async () => {
    const { location, offer } = await offered();
    await emulator.fault({ match: { path: 'ftth-viability/poles\\?lat=' }, fault: 'status', status: 400 });
    const answer = await ask({ location });
    await emulator.clearFaults();
    expect(answer.boxes.map(({ box }) => box.id)).toContain(offer.box.id);
    expect(answer.boxes[0]?.dropPath.at(0)).toEqual(location);
  });

  it('goes by settings that were changed a moment ago: in radius mode the drop is straight', async () => {
    const { location, offer } = await offered();
    const { value } = await sdk.call({ proxy: 'systemConfig', method: 'find' });
    await emulator.api('PATCH', `system-configs/${value.id}`, { viability: { mode: 'radius' } });
    const input = { contractCode: 'POSTE-2', boxId: offer.box.id, location };
    const { data } = await subgraph.query(RESERVE, { input });
    const { problem, reservation } = (data as unknown as { reservePort: Sold }).reservePort;
    expect(problem).toBeNull();
    expect(reservation.drop.path).toHaveLength(2);
    const ready = await (await fetch(`${subgraph.root}/readyz`)).json();
    expect(ready.settingsAgeS).toBeLessThan(5);
  });
});
