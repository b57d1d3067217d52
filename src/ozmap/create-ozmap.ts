import { createApi } from './api.js';
import type { Circuit } from './circuit.js';
import { isSendableToken } from './http.js';
import { clients, properties, prospects } from './resources/customers.js';
import { boxes, cables, poles, splitters } from './resources/plant.js';
import { AUTHENTICATED_ROUTE, system, viability } from './resources/system.js';
import { createTransport, type ObservedRequest } from './transport.js';
import type { OzmapConnector } from './types.js';

/** Where OZmap is and how hard we may lean on it. */
export interface OzmapOptions {
  /** `https://customer.example:9994`, with or without `/api/v2`. */
  url: string;
  /** For headers and body together, each attempt; 20 s. */
  timeoutMs?: number;
  /** Requests under way at once, over all tokens; 8, because the machine OZmap runs on may be small. */
  concurrency?: number;
  /** Requests in any minute, over all processes that count together; 0, no limit. */
  perMinute?: number;
  now?: () => Date;
  /** Refuses requests to an OZmap that has not answered lately; without one, each of them is sent. */
  circuit?: Circuit;
  /** Called on every attempt, for metrics and logs; sees neither query nor token. */
  onRequest?: (request: ObservedRequest) => void;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_CONCURRENCY = 8;
const STANDING_TIMEOUT_MS = 3_000;

/** Opens the way to one OZmap; nothing is sent yet. */
export function createOzmap(options: OzmapOptions): OzmapConnector {
  const transport = createTransport({
    ...options,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    perMinute: options.perMinute ?? 0,
  });
  return {
    as: (token, budget) => {
      const api = createApi(transport, token, { circuit: options.circuit, budget });
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
    traffic: () => transport.traffic(),
    countIn: (lease) => transport.countIn(lease),
    stop: () => transport.stop(),
  };
}
