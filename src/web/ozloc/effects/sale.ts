import { OzlocCreateProspectDocument } from '../../../generated/operations.js';
import { RequestFailed } from '../../shared/graphql-client.js';
import { LOST_ON_THE_WAY } from '../state/lost.js';
import { isUnderWay, saleIssues } from '../state/selectors.js';
import type { Outcome, Trouble } from '../state/state.js';
import { type EffectContext, tookAwayAccess } from './context.js';
import { createIdempotencyKeys } from './idempotency-keys.js';
import { type Answer, outcomeNow, type SaleRequest, saleRequest, send, stateOfOperation } from './sale-requests.js';
import { troubleOf, troubleOfProblem } from './trouble.js';

/** How long to wait before looking again how a sale ended: quick at first, then patient. */
const LOOK_AGAIN_MS = [800, 1200, 2000, 3000, 5000];
/** After this many looks, some ten minutes and so twice `OUTCOME_SETTLE_S`, the page says so and lets the seller look again himself. */
const MOST_LOOKS = 130;

/** Ends that say nothing about the command. */
const KEEPS_KEY = new Set(['STILL_UNKNOWN', 'UNAUTHENTICATED', 'INTERNAL_SERVER_ERROR', 'UNEXPECTED', 'RATE_LIMITED']);

export interface SaleEffects {
  /** Reserves the port, or moves the client: once, however often it is pressed. */
  submit(): Promise<void>;
  createProspect(): Promise<void>;
}

export function createSaleEffects(context: EffectContext, refreshOffers: () => Promise<void>): SaleEffects {
  const { store, client } = context;
  const keys = createIdempotencyKeys();

  function refuse(trouble: Trouble) {
    store.dispatch({ type: 'submission.refused', trouble });
    if (!tookAwayAccess(context, trouble.code) && trouble.code !== 'NETWORK') void refreshOffers();
  }

  function done(outcome: Outcome) {
    store.dispatch({ type: 'sale.done', outcome });
  }

  /** Sends, and as long as nobody knows the outcome looks how it ended. The same key all along: it cannot happen twice. */
  async function settle(request: SaleRequest): Promise<Outcome | Trouble> {
    let answer = await attempt(request);
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      if ('reservation' in answer || !isUndecided(answer)) return answer;
      store.dispatch({ type: 'submission.waiting', trouble: answer });
      await context.wait(LOOK_AGAIN_MS[Math.min(look, LOOK_AGAIN_MS.length - 1)] ?? 5000);
      const { operationId, reason } = answer;
      const ended = operationId === null ? 'unreadable' : await stateOfOperation(client, operationId);
      if (ended === 'open') continue;
      // IN_PROGRESS may name another command on this contract: its end is not ours, ours can only go now.
      if (ended !== 'unreadable' && reason !== 'IN_PROGRESS') {
        const end = ended === 'applied' ? await outcomeNow(client, request) : troubleOfProblem(ended);
        if (end) return end;
      }
      answer = await attempt(request);
    }
    return { code: 'STILL_UNKNOWN', reason: null, message: null, details: [] };
  }

  async function attempt(request: SaleRequest): Promise<Answer> {
    try {
      return await send(client, request);
    } catch (error) {
      return { ...troubleOf(error), operationId: null };
    }
  }

  return {
    async submit() {
      const state = store.get();
      if (isUnderWay(state.submission.status) || saleIssues(state).length > 0) return;
      const request = saleRequest(state, keys);
      if (!request) return;
      store.dispatch({ type: 'submission.started' });
      const end = await settle(request);
      if ('reservation' in end) return done(end);
      // A key whose command was refused has done its work: trying again is a new command. Where that is not sure the key stays.
      if (!KEEPS_KEY.has(end.code)) keys.forget(request.key);
      refuse(end);
    },

    async createProspect() {
      const { submission, position, form } = store.get();
      if (isUnderWay(submission.status) || !position) return;
      store.dispatch({ type: 'submission.started' });
      try {
        const { createProspect } = await client.request(OzlocCreateProspectDocument, {
          input: {
            location: { lat: position.lat, lng: position.lng },
            name: form.name.trim() || null,
            phone: form.phone.trim() || null,
            address: form.address.trim() || null,
            observation: form.observation.trim() || null,
            contractCode: form.contractCode.trim() || null,
          },
        });
        const problem = createProspect?.problem;
        if (createProspect?.prospect) store.dispatch({ type: 'prospect.created' });
        else refuse(problem ? troubleOfProblem(problem) : troubleOf(new RequestFailed('HTTP')));
      } catch (error) {
        refuse(troubleOf(error));
      }
    },
  };
}

/** Nobody knows yet: the answer was lost between us and the subgraph, between it and OZmap, or an equal command is still running. */
function isUndecided({ code, reason }: Trouble): boolean {
  return code === 'UPSTREAM_OUTCOME_UNKNOWN' || LOST_ON_THE_WAY.has(code) || reason === 'IN_PROGRESS';
}
