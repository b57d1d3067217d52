import { AppError } from '../../errors/app-error.js';
import type { SystemConfig } from '../../ozmap/types.js';
import { isObject } from '../../ozmap/wire/record.js';
import { readSystemConfig } from '../../ozmap/wire/system.js';
import type { Reply } from '../evidence.js';
import { type Check, cannotTell, differs, holds, NOBODYS_ID } from '../evidence.js';

const ORIGIN = 'https://probe.example';

/** Rows 4, 17, 19 and 20: refusals, settings, browsers and tokens. */
export const mannersChecks: Check[] = [
  {
    number: 4,
    assumption: 'a refusal is { message } with 401 for a bad token and 404 for a missing id',
    look: async (evidence) => {
      const missing = await evidence.ask(`boxes/${NOBODYS_ID}`);
      const stranger = await evidence.ask('boxes?limit=1', { authorization: 'probe-no-such-token' });
      const seen = `a missing id: ${described(missing)}; a bad token: ${described(stranger)}`;
      const asAssumed =
        missing.status === 404 && stranger.status === 401 && hasMessage(missing) && hasMessage(stranger);
      return asAssumed ? holds(seen) : differs(seen);
    },
  },
  {
    number: 17,
    assumption: 'the viability settings stand in system-configs',
    look: async (evidence) => {
      const { status, json } = await evidence.ask('system-configs');
      if (status !== 200) return differs(`system-configs answers ${status}; set VIABILITY_RADIUS_M`);
      try {
        return settingsFinding(readSystemConfig(json));
      } catch (error) {
        if (error instanceof AppError) return differs('system-configs answers no object; set VIABILITY_RADIUS_M');
        throw error;
      }
    },
  },
  {
    number: 19,
    assumption: 'browsers may call it with an Authorization header (CORS)',
    look: async (evidence) => {
      const reply = await evidence.ask('authenticated', {
        method: 'OPTIONS',
        authorization: null,
        headers: {
          origin: ORIGIN,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'authorization',
        },
      });
      const origin = reply.header('access-control-allow-origin');
      const headers = reply.header('access-control-allow-headers');
      const allowed = origin === '*' || origin === ORIGIN;
      return allowed && /authorization|\*/i.test(headers ?? '')
        ? holds(`origin ${origin}, headers ${headers}`)
        : differs(
            `origin ${origin ?? 'not allowed'}, headers ${headers ?? 'not allowed'}; this service does not need it`,
          );
    },
  },
  {
    number: 20,
    assumption: 'the token is accepted with and without Bearer',
    look: async (evidence) => {
      const bare = await evidence.ask('authenticated');
      const bearer = await evidence.ask('authenticated', { authorization: `Bearer ${evidence.token}` });
      const seen = `bare ${bare.status}, with Bearer ${bearer.status}`;
      return ok(bare) && ok(bearer) ? holds(seen) : differs(`${seen}; this service sends it bare`);
    },
  },
];

/** Beliefs that only a write, or OZmap's staff, could confirm. */
export const untellableChecks: Check[] = [
  untellable(5, 'force overrides "client already placed"; it is never sent', 'only a write would show it'),
  untellable(6, 'auto_connect takes the lowest free port of the first service splitter', 'only a write would show it'),
  untellable(12, 'a fibre is connected by POST connect', 'only a write would show it'),
  untellable(
    15,
    'integration_code is the current client code; OZloc calls nobody back',
    'it lies in OZloc, not in the API',
  ),
  untellable(18, 'the CNT integration service has no published contract', 'it is this service'),
  untellable(
    21,
    'the stretch from pole to house does not count in pole mode',
    'only a sale at the limit would show it',
  ),
  untellable(22, 'OZmap refuses the second sale of a last port', 'only two writes at once would show it'),
];

function untellable(number: number, assumption: string, why: string): Check {
  return { number, assumption, look: async () => cannotTell(why) };
}

function settingsFinding(config: SystemConfig): ReturnType<typeof holds> {
  const { viabilityMode, viabilityRadiusM, viabilityMaxBoxes } = config;
  const seen = `mode ${viabilityMode ?? 'unknown'}, radius ${viabilityRadiusM ?? 'unknown'} m, at most ${viabilityMaxBoxes ?? 'unknown'} boxes`;
  if (viabilityRadiusM === null) return differs(`${seen}; set VIABILITY_RADIUS_M`);
  return viabilityMode === null || viabilityMaxBoxes === null ? differs(seen) : holds(seen);
}

function ok({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

function hasMessage({ json }: Reply): boolean {
  return isObject(json) && typeof json.message === 'string';
}

function described(reply: Reply): string {
  const { status, json } = reply;
  if (hasMessage(reply)) return `${status} with message`;
  return `${status} with ${isObject(json) ? Object.keys(json).join(', ') || 'an empty object' : 'no JSON object'}`;
}
