import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { City } from '../city/city.js';
import { type CitySize, generateCity } from '../city/generate.js';
import { readCityFolder } from '../city/read-folder.js';
import { blaming } from '../config/env-file.js';
import type { Coordinates } from '../domain/geo.js';
import { startEmulator } from '../emulator/start.js';
import { cityAsShown } from '../geocoding/gazetteer/present.js';
import type { ViabilityService } from '../graph/viability/viability.service.js';
import type { Demo } from '../http/explorer.js';
import type { Ozmap } from '../ozmap/types.js';

/** What the embedded OZmap needs to know. */
export interface EmbeddedOzmapOptions {
  /** 0 lets the system choose a free one. */
  port: number;
  /** Null: a generated city. */
  cityFolder: string | null;
  /** Of the generated one. */
  citySize?: CitySize;
  dataDir: string;
  /** Whether faults may be switched on over HTTP. */
  control: boolean;
  logger: FastifyBaseLogger;
}

/** The embedded OZmap, running. */
export interface EmbeddedOzmap {
  url: string;
  city: City;
  stop(): Promise<void>;
}

/** The token of the demo user who sees all projects: also the service's own, towards the embedded OZmap. */
export const DEMO_TOKEN = 'demo';

/** Starts an OZmap of our own on this machine only; what is written there lives in the data folder. Errors: EADDRINUSE, a faulty city folder. */
export async function startEmbeddedOzmap(options: EmbeddedOzmapOptions): Promise<EmbeddedOzmap> {
  const { cityFolder, citySize = 'town', dataDir, ...others } = options;
  const city =
    cityFolder === null ? generateCity(citySize) : await blaming('EMULATOR_CITY', () => readCityFolder(cityFolder));
  const emulator = await startEmulator({
    // Homes and boxes are named as a provider would write them, not as the source does.
    city: cityAsShown(city),
    host: '127.0.0.1',
    dataDir: join(dataDir, 'emulator'),
    ...others,
  });
  return { url: emulator.url, city, stop: () => emulator.stop() };
}

/** How many addresses are tried before any will do. */
const ATTEMPTS = 12;

/** An address that can be served, and what is offered there. */
export interface Example {
  address: string;
  location: Coordinates | null;
  boxId: string | null;
}

/** A serviceable sample address for the start-up message and the explorer. Null for a city without numbered doors. */
export async function exampleAddress(city: City, viability: ViabilityService): Promise<Example | null> {
  // In reading case, where the source has capitals.
  const doors = cityAsShown(city).addresses.filter((door) => door.number !== null);
  const step = Math.max(1, Math.floor(doors.length / ATTEMPTS));
  let first: Example | null = null;
  for (let index = Math.floor(step / 2); index < doors.length; index += step) {
    const door = doors[index];
    if (!door) break;
    const address = `${door.street}, ${door.number}`;
    first ??= { address, location: null, boxId: null };
    const answer = await viability.check({ address: { text: address } }).catch(() => null);
    if (answer?.viable) return { address, location: answer.location, boxId: answer.boxes[0]?.box.id ?? null };
  }
  return first;
}

/** The seed's first contract codes: among so many is one of each kind, unless they were all worked upon. */
const DEMO_CODES = Array.from({ length: 60 }, (_, index) => String(100_001 + index));

/** What the explorer's examples are filled in with. Null where this plant has no such thing. */
export async function demoOf(example: Example | null, ozmap: Ozmap): Promise<Demo | null> {
  if (!example?.location || example.boxId === null) return null;
  const { address, boxId, location } = example;
  const clients = await ozmap.findClientsByCodes(DEMO_CODES);
  const active = clients.find(({ implanted }) => implanted);
  const reserved = clients.find(({ implanted }) => !implanted);
  if (!active || !reserved) return null;
  const { lat, lng } = location;
  return { address, boxId, location: { lat, lng }, activeCode: active.code, reservedCode: reserved.code };
}

/** What the explorer opens with. */
export function exampleQuery(example: Example | null): string {
  return `{
  viability(input: { address: ${JSON.stringify(example?.address ?? '')} }) {
    verdict
    boxes { distanceM freePorts box { id name status type { code } } }
  }
}
`;
}
