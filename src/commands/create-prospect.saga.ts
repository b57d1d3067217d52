import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ContractCode } from '../domain/contract-code.js';
import { isSamePlace, isUsable } from '../domain/geo.js';
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

/** What makes two leads the same person. */
export const LEAD_MATCHES = ['PHONE', 'NAME'] as const;
export type LeadMatch = (typeof LEAD_MATCHES)[number];

/** The lead as OZmap holds it. */
export interface ProspectOutcome {
  prospect: Prospect;
  /** It was there before, and nothing was written; of it the id alone is told. */
  isKnown?: boolean;
  /** What it has in common with the one that was asked for. */
  knownBy?: LeadMatch;
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

/** Two askers mark the same house this far apart. */
const SAME_HOUSE_M = 100;

/** The same telephone number, or else the same name; null: another person. */
function sameBy(asks: CreateProspectCommandInput, lead: Prospect): LeadMatch | null {
  const [subscriber, name] = [subscriberOf(asks.phone), foldedLine(asks.name ?? '')];
  if (subscriber !== null && subscriber === subscriberOf(lead.phone)) return 'PHONE';
  return name !== '' && name === foldedLine(lead.name ?? '') ? 'NAME' : null;
}

/** A lead near there of the same person: rather by the telephone than by the name, which many have. */
function knownAmong(leads: readonly Prospect[], asks: CreateProspectCommandInput): ProspectOutcome | null {
  for (const knownBy of LEAD_MATCHES) {
    const known = leads.find((lead) => sameBy(asks, lead) === knownBy);
    if (known) return { prospect: { id: known.id, ...UNTOLD }, isKnown: true, knownBy };
  }
  return null;
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
      const outcome = knownAmong(await ozmap.findProspectsNear(location, SAME_HOUSE_M), input);
      if (outcome) return { projectId: null, outcome };
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
    return { prospect: leads.find((lead) => lead.location && isSamePlace(lead.location, location)) ?? null };
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
