import { type Facts, factText } from '../../domain/facts.js';
import type { AppError } from '../../errors/app-error.js';
import { findClientOf } from '../contract/contract.service.js';
import { placeOf } from '../placement/place-facts.service.js';
import { readBack, unexpected } from '../placement/read-back.service.js';
import type { Session } from '../session.js';
import type { ChangePortOutcome } from './change-port.command.js';
import { hangsOn, oldPlaceOf } from './move-back.js';

/**
 * What came of a write. `outcome`: the home is there, with our client; `secondDropId`: OZmap laid a new drop instead of leading the old one,
 * which is still there. `problem`: it is elsewhere than it was, but not as asked. None of them: nothing was moved (yet).
 */
export interface Moved {
  outcome: ChangePortOutcome | null;
  secondDropId: string | null;
  problem: AppError | null;
}

/** `dropId`: the drop that the home most likely has, which spares a request. */
export async function findMoved(session: Session, facts: Facts, dropId: string | null = null): Promise<Moved> {
  const nothing: Moved = { outcome: null, secondDropId: null, problem: null };
  const place = placeOf(facts);
  const propertyId = factText(facts, 'propertyId');
  if (!place || propertyId === null) return nothing;
  const { home, problem } = await readBack(session, place, propertyId, dropId);
  const old = oldPlaceOf(facts);
  if (problem || !home) return { ...nothing, problem: home && old && hangsOn(home, old) ? null : problem };
  const client = await findClientOf(session.ozmap, home);
  if (client?.id !== factText(facts, 'clientId') || !client) return { ...nothing, problem: unexpected(['client']) };
  const oldDropId = factText(facts, 'oldDropId');
  const isLaidAnew = oldDropId !== null && home.dropId !== oldDropId;
  const second = isLaidAnew && (await session.ozmap.findDropsByIds([oldDropId])).length > 0;
  return { ...nothing, outcome: { client, property: home, warnings: [] }, secondDropId: second ? oldDropId : null };
}
