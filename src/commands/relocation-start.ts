import { type Facts, factText } from '../domain/facts.js';
import type { JsonObject } from '../domain/json.js';
import { homeFate } from '../domain/withdrawal.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { goneHome } from './kit/place-facts.js';

/** A relocation's beginnings: the contract, its old home and what becomes of it. Kept as facts, so that all goes on by ids. */
export interface Start {
  code: string;
  clientId: string;
  oldId: string | null;
  oldFate: 'MARK' | 'KEEP' | 'DELETE';
}

/** What becomes of the old home: an active contract's stays with a mark, a reserved one's goes as in a withdrawal; a flat always stays. */
export function startFrom(client: FtthClient, old: Property | null, keepOld: boolean): Start {
  const fate = (): Start['oldFate'] => {
    if (!old) return 'KEEP';
    if (client.implanted) return keepOld ? 'MARK' : old.buildingId === null ? 'DELETE' : 'MARK';
    return homeFate(old, client, null) === 'DELETE' ? 'DELETE' : 'KEEP';
  };
  return { code: client.code, clientId: client.id, oldId: old?.id ?? null, oldFate: fate() };
}

/** The start as facts, with all that removing the old home takes. */
export function factsOf({ code, clientId, oldId, oldFate }: Start, old: Property | null): JsonObject {
  return { code, clientId, oldId, oldFate, ...(old ? { old: goneHome(old, null) } : {}) };
}

/** The start that an earlier run noted; null when it got nowhere near a write. */
export function startOf(facts: Facts): Start | null {
  const [code, clientId, fate] = [factText(facts, 'code'), factText(facts, 'clientId'), factText(facts, 'oldFate')];
  if (code === null || clientId === null) return null;
  const oldFate = fate === 'MARK' || fate === 'DELETE' ? fate : 'KEEP';
  return { code, clientId, oldId: factText(facts, 'oldId'), oldFate };
}
