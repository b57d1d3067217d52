import { type CreateProspectInput, OzlocCreateProspectDocument } from '../../../generated/operations.js';
import type { GraphqlClient } from '../../shared/graphql-client.js';
import { isUnderWay } from '../state/selectors.js';
import type { OzlocState } from '../state/state.js';
import type { EffectContext } from './context.js';
import { createIdempotencyKeys } from './idempotency-keys.js';
import { settle } from './settle.js';
import { type Refusal, refusalOf } from './trouble.js';

export interface ProspectEffects {
  /** Keeps the interest as a lead in OZmap: once, however often it is pressed. */
  createProspect(): Promise<void>;
}

export function createProspectEffects(context: EffectContext): ProspectEffects {
  const { store, client } = context;
  const keys = createIdempotencyKeys();

  return {
    async createProspect() {
      const state = store.get();
      if (isUnderWay(state.submission.status)) return;
      const lead = leadOf(state);
      if (!lead) return;
      const key = keys.keyFor(lead);
      const end = await settle(context, keys, {
        key,
        send: () => send(client, { ...lead, idempotencyKey: key }),
        standing: async () => true,
      });
      if ('done' in end) store.dispatch({ type: 'prospect.created' });
    },
  };
}

/** Who asked, and where, as typed; null while there is no place. */
function leadOf({ position, form }: OzlocState): CreateProspectInput | null {
  if (!position) return null;
  return {
    location: { lat: position.lat, lng: position.lng },
    name: form.name.trim() || null,
    phone: form.phone.trim() || null,
    address: form.address.trim() || null,
    observation: form.observation.trim() || null,
    contractCode: form.contractCode.trim() || null,
  };
}

async function send(client: GraphqlClient, input: CreateProspectInput): Promise<{ done: true } | Refusal> {
  const { createProspect: payload } = await client.request(OzlocCreateProspectDocument, { input });
  return payload?.prospect ? { done: true } : refusalOf(payload?.problem, payload?.operation?.id);
}
