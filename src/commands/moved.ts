import { type Facts, factText } from '../domain/facts.js';
import type { AppError } from '../errors/app-error.js';
import type { ChangePortOutcome } from './change-port.js';
import { findClientOf } from './kit/contract.js';
import { placeOf } from './kit/place-facts.js';
import { readBack, unexpected } from './kit/read-back.js';
import { hangsOn, oldPlaceOf } from './move-back.js';
import type { Session } from './session.js';

/** What came of a write. */
export interface Moved {
  /** The home is there, with our client. */
  outcome: ChangePortOutcome | null;
  /** OZmap laid a new drop instead of leading the old one, which is still there. */
  secondDropId: string | null;
  /** What is not as asked. */
  problem: AppError | null;
  /** The home hangs where it did: nothing was moved (yet). */
  isUnmoved: boolean;
}

/** `dropId`: the drop that the home most likely has, which spares a request. */
export async function findMoved(session: Session, facts: Facts, dropId: string | null = null): Promise<Moved> {
  const nothing: Moved = { outcome: null, secondDropId: null, problem: null, isUnmoved: true };
  const place = placeOf(facts);
  const propertyId = factText(facts, 'propertyId');
  if (!place || propertyId === null) return nothing;
  const { home, problem } = await readBack(session, place, propertyId, dropId);
  if (problem || !home) return { ...nothing, problem, isUnmoved: home !== null && hangsOn(home, oldPlaceOf(facts)) };
  const moved = { ...nothing, isUnmoved: false };
  const client = await findClientOf(session.ozmap, home);
  if (!client || client.id !== factText(facts, 'clientId')) return { ...moved, problem: unexpected(['client']) };
  const oldDropId = factText(facts, 'oldDropId');
  const isLaidAnew = oldDropId !== null && home.dropId !== oldDropId;
  const second = isLaidAnew && (await session.ozmap.findDropsByIds([oldDropId])).length > 0;
  return { ...moved, outcome: { client, property: home, warnings: [] }, secondDropId: second ? oldDropId : null };
}
