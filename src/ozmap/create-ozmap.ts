import { createApi } from './api.js';
import type { Circuit } from './circuit.js';
import { isSendableToken } from './http.js';
import { clients, properties, prospects } from './resources/customers.js';
import { boxes, cables, poles, splitters } from './resources/plant.js';
import { AUTHENTICATED_ROUTE, system, viability } from './resources/system.js';
import { createTransport, type TransportOptions } from './transport.js';
import type { OzmapConnector } from './types.js';

/** Where OZmap is and how hard we may lean on it. */
export interface OzmapOptions extends TransportOptions {
  /** Refuses requests to an OZmap that has not answered lately; without one, each of them is sent. */
  circuit?: Circuit;
}

const STANDING_TIMEOUT_MS = 3_000;

/** Opens the way to one OZmap; nothing is sent yet. */
export function createOzmap({ circuit, ...options }: OzmapOptions): OzmapConnector {
  const transport = createTransport(options);
  const { traffic, countIn, stop } = transport;
  return {
    as: (token, budget) => {
      const api = createApi(transport, token, { circuit, budget });
      return {
        ...system(api),
        ...viability(api),
        ...clients(api),
        ...properties(api),
        ...boxes(api),
        ...splitters(api),
        ...cables(api),
        ...poles(api),
        ...prospects(api),
      };
    },
    standing: async (token) => {
      if (!isSendableToken(token)) return 'refused';
      try {
        const { status } = await transport.knock(token, AUTHENTICATED_ROUTE, STANDING_TIMEOUT_MS);
        return status === 401 ? 'refused' : status < 500 ? 'up' : 'down';
      } catch {
        return 'down';
      }
    },
    traffic,
    countIn,
    stop,
  };
}
