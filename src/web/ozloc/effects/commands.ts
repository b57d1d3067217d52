import {
  type CreateProspectInput,
  OzlocCreateProspectDocument,
  OzlocExtendReservationDocument,
} from '../../../generated/ozloc-commands.js';
import type { GraphqlClient } from '../../shared/graphql-client.js';
import { isUnderWay } from '../state/selectors.js';
import type { OzlocState, Trouble } from '../state/state.js';
import { type EffectContext, type Refusal, refusalOf, tookAwayAccess, troubleOf } from './context.js';
import { createSaleEffects, type SaleEffects } from './sale.js';
import { settle } from './settle.js';

/** By its ids; who it is, is known from what was sent. */
type Lead = Pick<NonNullable<OzlocState['lead']>, 'prospectId' | 'operationId'> & {
  known?: NonNullable<OzlocState['knownLead']>;
};

export interface ProspectEffects {
  /** Keeps the interest as a lead in OZmap: once, however often it is pressed, and the first time unless the same person is one already. */
  createProspect(): Promise<void>;
  /** Brings a command to its end that was sent before the page was loaded anew. */
  carryOut(key: string, lead: CreateProspectInput): Promise<void>;
}

export function createProspectEffects(context: EffectContext): ProspectEffects {
  const { store, client, keys } = context;

  async function carryOut(key: string, lead: CreateProspectInput) {
    const end = await settle(context, {
      key,
      sent: { command: 'prospect', key, lead },
      send: () => send(client, { ...lead, idempotencyKey: key }),
      standing: async (operationId) => ({ prospectId: null, operationId }),
    });
    const { name, phone, address } = lead;
    if (!('done' in end)) return;
    const { known, ...made } = end.done;
    if (known) store.dispatch({ type: 'prospect.found', lead: known });
    else store.dispatch({ type: 'prospect.created', lead: { name, phone, address, ...made } });
  }

  return {
    async createProspect() {
      const state = store.get();
      if (isUnderWay(state.submission.status)) return;
      const lead = leadOf(state);
      if (lead) await carryOut(keys.keyFor(lead), lead);
    },
    carryOut,
  };
}

/** Who asked, and where, as typed; null while there is no place. */
function leadOf({ position, form, knownLead }: OzlocState): CreateProspectInput | null {
  if (!position) return null;
  return {
    location: { lat: position.lat, lng: position.lng },
    name: form.name.trim() || null,
    phone: form.phone.trim() || null,
    address: form.address.trim() || null,
    observation: form.observation.trim() || null,
    contractCode: form.contractCode.trim() || null,
    // Told of the other one, a person who presses again means a second.
    ...(knownLead === null && { unlessKnown: true }),
  };
}

async function send(client: GraphqlClient, input: CreateProspectInput): Promise<{ done: Lead } | Refusal> {
  const { createProspect: payload } = await client.request(OzlocCreateProspectDocument, { input });
  const operationId = payload?.operation?.id ?? null;
  if (payload?.knownProspectId) {
    const known = { id: payload.knownProspectId, by: payload.knownBy };
    return { done: { prospectId: null, operationId, known } };
  }
  if (payload?.prospect) return { done: { prospectId: payload.prospect.id, operationId } };
  return refusalOf(payload?.problem, payload?.operation?.id);
}

/**
 * Has the port held until then. Null: it is. Pressed again after an answer was lost it is the same command.
 */
async function extend({ store, client, keys }: EffectContext, contractCode: string, until: string) {
  const input = { contractCode, until };
  const idempotencyKey = keys.keyFor(input);
  try {
    const { extendReservation: payload } = await client.request(OzlocExtendReservationDocument, {
      input: { ...input, idempotencyKey },
    });
    // Only an answer that was lost leaves the key to the next press.
    keys.forget(idempotencyKey);
    const expiresAt = payload?.reservation?.expiresAt;
    if (expiresAt) {
      store.dispatch({ type: 'reservation.extended', contractCode, expiresAt });
      return null;
    }
    return refusalOf(payload?.problem, undefined);
  } catch (error) {
    return troubleOf(error);
  }
}

/** What writes: fetched with the steps that lead there. */
export function createCommands(
  context: EffectContext,
  refreshOffers: () => Promise<void>,
): {
  sale: SaleEffects;
  prospect: ProspectEffects;
  extend(contractCode: string, until: string): Promise<Trouble | null>;
} {
  return {
    sale: createSaleEffects(context, refreshOffers),
    prospect: createProspectEffects(context),
    async extend(contractCode, until) {
      const trouble = await extend(context, contractCode, until);
      if (trouble) tookAwayAccess(context, trouble.code);
      return trouble;
    },
  };
}
