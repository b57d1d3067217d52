import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { distanceM, isUsable } from '../domain/geo.js';
import { foldedLine, subscriberOf } from '../domain/text.js';
import { withAnswer } from '../domain/write.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { NewProspect, Prospect } from '../ozmap/types.js';
import { defineSaga } from '../saga/engine.js';
import { done, type Plan, untouched } from '../saga/saga.js';
import { unexpected } from './kit/read-back.js';
import type { Session } from './session.js';

/** The lead. */
export type CreateProspectCommandInput = {
  name?: string | null;
  phone?: string | null;
  address?: string | null;
  location: { lat: number; lng: number };
  observation?: string | null;
  contractCode?: ContractCode | null;
  /** Writes nothing where a lead of the same person stands here already. */
  unlessKnown?: boolean | null;
};

/** The lead as OZmap holds it. */
export interface ProspectOutcome {
  prospect: Prospect;
  /** It was there before, and nothing was written; of it the id alone is told. */
  isKnown?: boolean;
}

const STATE = z.object({
  name: z.string().exactOptional(),
  phone: z.string().exactOptional(),
  address: z.string().exactOptional(),
  observation: z.string().exactOptional(),
  code: z.string().exactOptional(),
  location: z.object({ lat: z.number(), lng: z.number() }),
  /** What tells our lead from all others. OZmap takes each once, so that each plan needs another: what an earlier one sent may still come. */
  externalId: z.string(),
});
type State = z.infer<typeof STATE>;
type View = { prospect: Prospect | null };

/** OZmap may round what it stores. */
const SAME_PLACE_M = 1;
/** Two askers mark the same house this far apart. */
const SAME_HOUSE_M = 100;

/** The same telephone number or the same name. */
function isSamePerson(asks: CreateProspectCommandInput, lead: Prospect): boolean {
  const [subscriber, name] = [subscriberOf(asks.phone), foldedLine(asks.name ?? '')];
  return (
    (subscriber !== null && subscriber === subscriberOf(lead.phone)) ||
    (name !== '' && name === foldedLine(lead.name ?? ''))
  );
}

/** Who may create a lead need not be told whose another one is. */
const UNTOLD = { externalId: null, code: null, name: null, phone: null, location: null };

/**
 * Leaves a refused address in OZmap as a lead. One request; with `unlessKnown` one before, for those that stand there already.
 *
 * Errors: BAD_USER_INPUT (no usable location) · UPSTREAM_REFUSED · UPSTREAM_OUTCOME_UNKNOWN.
 */
export const createProspect = defineSaga<Session, CreateProspectCommandInput, State, View, ProspectOutcome>({
  action: 'prospect.create',
  queueable: false,
  state: STATE,
  version: 1,

  async plan(input, { ozmap }): Promise<Plan<State, View, ProspectOutcome>> {
    const { location, contractCode, name, phone, address, observation, unlessKnown } = input;
    if (!isUsable(location)) throw new BadUserInputError('a lead needs a place', [{ field: 'location' }]);
    if (unlessKnown) {
      const known = (await ozmap.findProspectsNear(location, SAME_HOUSE_M)).find((lead) => isSamePerson(input, lead));
      if (known) return { projectId: null, outcome: { prospect: { id: known.id, ...UNTOLD }, isKnown: true } };
    }
    const state = {
      location: { lat: location.lat, lng: location.lng },
      ...(name ? { name } : {}),
      ...(phone ? { phone } : {}),
      ...(address ? { address } : {}),
      ...(observation ? { observation } : {}),
      ...(contractCode ? { code: contractCode } : {}),
      externalId: randomUUID(),
    } satisfies NewProspect;
    return { projectId: null, state, view: { prospect: null } };
  },

  /** By what we wrote on it; where OZmap does not show that, by code and place, and a lead without a code cannot be told from another one. */
  async read({ externalId, code, location }, { ozmap }) {
    const [written] = await ozmap.findProspectsByExternalId(externalId);
    if (written || code === undefined) return { prospect: written ?? null };
    const leads = (await ozmap.findProspectsByCode(code)).filter((lead) => lead.externalId === null);
    const isThere = (lead: Prospect) => lead.location !== null && distanceM(lead.location, location) <= SAME_PLACE_M;
    return { prospect: leads.find(isThere) ?? null };
  },

  judge: ({ prospect }) => (prospect ? done({ prospect }) : untouched(unexpected(['prospect']))),

  steps: [
    {
      name: 'prospect.create',
      due: ({ prospect }) => prospect === null,
      write: (_view, state, { ozmap }) =>
        withAnswer(ozmap.createProspect(state), (prospect) => ({ view: { prospect } })),
    },
  ],
});
