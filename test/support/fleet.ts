import { makeDatabase, type OwnDatabase } from './own-database.js';
import { type OzmapFromOutside, ozmapFromOutside } from './ozmap-from-outside.js';
import { serverUrl } from './postgres-server.js';
import { type SpawnedService, spawnService } from './spawn-service.js';
import { startTestEmulator } from './start-emulator.js';

/** Services in processes of their own, all in front of one OZmap that others write to as well. */
export interface Fleet {
  services: SpawnedService[];
  /** The n-th service, counted round and round: spreads callers evenly. */
  at(n: number): SpawnedService;
  ozmap: OzmapFromOutside;
  /** The database that they share; null where one service has its own. */
  database: OwnDatabase | null;
  /** One more of the same kind, on the shared database. */
  join(env?: NodeJS.ProcessEnv): Promise<SpawnedService>;
  stop(): Promise<void>;
}

interface FleetKind {
  name: string;
  /** `size`: how many start at once, where it is not the usual number. */
  open(env?: NodeJS.ProcessEnv, size?: number): Promise<Fleet>;
}

const alone: FleetKind = { name: 'one process on PGlite', open: (env) => openFleet(1, null, env) };
/** Both start at the same time on an empty database. Null where no server answers. */
export const pair: FleetKind | null = serverUrl === null ? null : pairOn(serverUrl);
export const fleets: FleetKind[] = pair ? [alone, pair] : [alone];

function pairOn(server: string): FleetKind {
  return {
    name: 'two processes on one PostgreSQL',
    open: async (env, size = 2) => openFleet(size, await makeDatabase(server), env),
  };
}

async function openFleet(size: number, database: OwnDatabase | null, env: NodeJS.ProcessEnv = {}): Promise<Fleet> {
  const emulator = await startTestEmulator();
  const services: SpawnedService[] = [];
  const join = async (more: NodeJS.ProcessEnv = {}) => {
    const service = await spawnService({
      OZMAP_URL: emulator.url,
      OZMAP_TOKEN: 'demo',
      // Nobody asks for an address here.
      GEOCODER: 'nominatim',
      NOMINATIM_URL: emulator.url,
      ...(database && { DATABASE_URL: database.url }),
      ...env,
      ...more,
    });
    services.push(service);
    return service;
  };
  const fleet: Fleet = {
    services,
    at: (n) => services[n % services.length] as SpawnedService,
    ozmap: ozmapFromOutside(emulator.url),
    database,
    join,
    stop: async () => {
      await Promise.all(services.map((service) => service.remove()));
      await emulator.stop();
      await database?.remove();
    },
  };
  try {
    const started = await Promise.all(Array.from({ length: size }, () => join()));
    await Promise.all(started.map((service) => service.ready()));
    return fleet;
  } catch (error) {
    await fleet.stop();
    throw error;
  }
}
