import { parseContractCode } from '../../domain/contract-code.js';
import { type Facts, factFlag } from '../../domain/facts.js';
import { distanceM, isUsable } from '../../domain/geo.js';
import { BadUserInputError } from '../../errors/app-error.js';
import type { Command } from '../../journal/command.js';
import type { NewProspect, Prospect } from '../../ozmap/types.js';
import type { Session } from '../session.js';

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
    operation.note({ sent: true });
    return { prospect: await operation.step('prospect.create', session.ozmap.createProspect(body)) };
  },

  /** A lead without a code cannot be told from another one, so its lost answer stays unknown: at worst the seller sends it twice. */
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

async function findMade({ code, location }: NewProspect, { ozmap }: Session, facts: Facts): Promise<Prospect | null> {
  if (code === undefined || !factFlag(facts, 'sent')) return null;
  const leads = await ozmap.findProspectsByCode(code);
  return leads.find((lead) => lead.location !== null && distanceM(lead.location, location) <= SAME_PLACE_M) ?? null;
}
