import type { AddressInfo } from 'node:net';
import type { City } from '../city/city.js';
import { type EmulatorLogger, silentLogger } from './logger.js';
import { seedPlant } from './seed/seed.js';
import { buildServer } from './server.js';
import { createStore } from './store/memory-store.js';

export interface EmulatorOptions {
  /** The streets and doors on which the network is laid. */
  city: City;
  /** 0 lets the system choose a free one. */
  port?: number | undefined;
  host?: string | undefined;
  /** Where writes are kept; null or absent: in memory only. */
  dataDir?: string | null | undefined;
  /** Adds `/_control`: faults and the list of requests. */
  control?: boolean | undefined;
  /** The clock, fixed in tests. */
  now?: (() => Date) | undefined;
  /** Ids of new records, fixed in tests; never the same twice. */
  ids?: (() => string) | undefined;
  logger?: EmulatorLogger | undefined;
}

export interface Emulator {
  /** e.g. `http://127.0.0.1:9994`; the API is under `/api/v2`. */
  url: string;
  /** Ends the server and gives the data folder back. Late effects that are still to come are dropped. */
  stop(): Promise<void>;
}

/**
 * Starts an embedded OZmap: a network on the city's streets, and OZmap's REST API v2 over it.
 * Errors: the port is taken · another process uses the data folder · its log cannot be read.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const logger = options.logger ?? silentLogger;
  const host = options.host ?? '127.0.0.1';
  const store = await createStore(options);
  try {
    seedPlant(store, options.city);
    const { setAsidePath } = store.begin();
    if (setAsidePath) {
      logger.warn(
        { setAsidePath },
        'the data folder belongs to another city or seed: its changes were set aside, not applied',
      );
    }
    const app = buildServer(store, options.control ?? false, logger);
    await app.listen({ host, port: options.port ?? 0 });
    const { port } = app.server.address() as AddressInfo;
    return {
      url: `http://${host}:${port}`,
      stop: async () => {
        await app.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
