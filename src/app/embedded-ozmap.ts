import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import type { City } from '../city/city.js';
import { type CitySize, generateCity } from '../city/generate.js';
import { readCityFolder } from '../city/read-folder.js';
import { startEmulator } from '../emulator/start.js';
import type { ViabilityService } from '../graph/viability/viability.service.js';

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
  const city =
    options.cityFolder === null ? generateCity(options.citySize ?? 'town') : await readCityFolder(options.cityFolder);
  const emulator = await startEmulator({
    city,
    port: options.port,
    host: '127.0.0.1',
    dataDir: join(options.dataDir, 'emulator'),
    control: options.control,
    logger: options.logger,
  });
  return { url: emulator.url, city, stop: () => emulator.stop() };
}

/** How many addresses are tried before any will do. */
const ATTEMPTS = 12;

/** A serviceable sample address for the start-up message. Null for a city without numbered doors. */
export async function exampleAddress(city: City, viability: ViabilityService): Promise<string | null> {
  const doors = city.addresses.filter((door) => door.number !== null);
  const step = Math.max(1, Math.floor(doors.length / ATTEMPTS));
  let first: string | null = null;
  for (let index = Math.floor(step / 2); index < doors.length; index += step) {
    const door = doors[index];
    if (!door) break;
    const address = `${door.street}, ${door.number}`;
    first ??= address;
    const answer = await viability.check({ address: { text: address } }).catch(() => null);
    if (answer?.viable) return address;
  }
  return first;
}
