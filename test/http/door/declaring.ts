import { type Journalled, startJournalled } from '../../support/journalled.js';

export type Json = Record<string, unknown>;

export const HELD = ['ABSENT', 'RESERVED', 'ACTIVE'] as const;

/** The service with what tests of declared states do all the time. */
export async function startDeclaring() {
  const journalled: Journalled & { stop(): Promise<void> } = await startJournalled({
    env: { OUTCOME_SETTLE_S: '1', RATE_LIMIT_PER_MINUTE: '0', CNT_STATES: '401-402=ENDED;suspenso=BLOCKED' },
    boxes: 8,
  });
  const { emulator: ozmap } = journalled.subgraph;
  let made = 0;

  async function ask(method: string, path: string, body?: Json | string) {
    const isForm = typeof body === 'string';
    const response = await fetch(`${journalled.subgraph.url}/v1${path}`, {
      method,
      headers: {
        authorization: 'demo',
        ...(body && { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
  }

  return {
    ...journalled,
    ozmap,
    ask,
    declare: (code: string, state: string | number, more: Json = {}) =>
      ask('PUT', `/contracts/${code}/state`, { state, ...more }),
    /** A contract of its own, of which OZmap holds that. */
    async aContract(held: (typeof HELD)[number]): Promise<string> {
      made += 1;
      const code = `D-${made}`;
      if (held !== 'ABSENT') await journalled.reserve(code, journalled.boxes[made % journalled.boxes.length]);
      if (held === 'ACTIVE') await journalled.run('activateClient', { contractCode: code });
      return code;
    },
    implanted: async (code: string) => (await journalled.clientOf(code))?.implanted ?? null,
    writes: async () => (await ozmap.requests()).filter(({ method }) => method !== 'GET').length,
    /** OZmap is away, but for whoever manages its users. */
    goAway: () => ozmap.fault({ fault: 'reset-before', match: { path: '^/api/v2/(?!users)' } }),
  };
}
