import { randomUUID } from 'node:crypto';
import { parseContractCode } from '../domain/contract-code.js';
import { type Facts, factFlag, factText } from '../domain/facts.js';
import { distanceM, isUsable } from '../domain/geo.js';
import { BadUserInputError } from '../errors/app-error.js';
import type { NewProspect, Prospect } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import type { Session } from './session.js';

/** The lead. */
export type CreateProspectCommandInput = {
  name?: string | null;
  phone?: string | null;
  address?: string | null;
  location: { lat: number; lng: number };
  observation?: string | null;
  contractCode?: string | null;
};

/** The lead as OZmap holds it. */
export interface ProspectOutcome {
  prospect: Prospect;
}

/** OZmap may round what it stores. */
const SAME_PLACE_M = 1;

/**
 * Leaves a refused address in OZmap as a lead. One request.
 *
 * Errors: BAD_USER_INPUT (no usable location) · UPSTREAM_REFUSED · UPSTREAM_OUTCOME_UNKNOWN.
 */
export const createProspect: Command<Session, CreateProspectCommandInput, ProspectOutcome> = {
  action: 'prospect.create',
  queueable: false,

  async run(input, session, operation, facts) {
    const body = newProspect(input);
    const earlier = await findMade(body, session, facts);
    if (earlier) return { prospect: earlier };
    // OZmap takes each external id once: what an earlier try wrote may still come.
    const externalId = (factFlag(facts, 'sent') ? null : operation.operationId) ?? randomUUID();
    operation.note({ sent: true, externalId });
    const write = session.ozmap.createProspect({ ...body, externalId });
    return { prospect: await operation.step('prospect.create', write) };
  },

  async look(input, session, facts) {
    const prospect = await findMade(newProspect(input), session, facts);
    return prospect ? { seen: 'applied', outcome: { prospect } } : { seen: 'absent' };
  },
};

function newProspect(input: CreateProspectCommandInput): NewProspect {
  const { name, phone, address, observation, location, contractCode } = input;
  if (!isUsable(location)) throw new BadUserInputError('a lead needs a place', [{ field: 'location' }]);
  return {
    location: { lat: location.lat, lng: location.lng },
    ...(name ? { name } : {}),
    ...(phone ? { phone } : {}),
    ...(address ? { address } : {}),
    ...(observation ? { observation } : {}),
    ...(contractCode ? { code: parseContractCode(contractCode) } : {}),
  };
}

/** By what we wrote on it; where OZmap does not show that, by code and place, and a lead without a code cannot be told from another one. */
async function findMade({ code, location }: NewProspect, { ozmap }: Session, facts: Facts): Promise<Prospect | null> {
  if (!factFlag(facts, 'sent')) return null;
  const externalId = factText(facts, 'externalId');
  const [written] = externalId === null ? [] : await ozmap.findProspectsByExternalId(externalId);
  if (written || code === undefined) return written ?? null;
  const leads = (await ozmap.findProspectsByCode(code)).filter((lead) => lead.externalId === null);
  return leads.find((lead) => lead.location !== null && distanceM(lead.location, location) <= SAME_PLACE_M) ?? null;
}
