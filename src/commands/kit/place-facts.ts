import { type Facts, factNumber, factText } from '../../domain/facts.js';
import type { JsonObject } from '../../domain/json.js';
import type { AskedPlace } from '../../domain/placement-check.js';
import type { Property } from '../../ozmap/types.js';
import { type HomeIds, homeIds } from './remove-home.js';

/** A place as a fact: noted before it is asked of OZmap. */
export function placeFacts({ boxId, target, dropPoleIds }: AskedPlace): JsonObject {
  const { connectorId = null, port = null } = target ?? {};
  return { boxId, connectorId, port, dropPoleIds: dropPoleIds ? [...dropPoleIds] : null };
}

/** The place that an earlier run asked for; null when it got nowhere near asking. */
export function placeOf(facts: Facts): AskedPlace | null {
  const boxId = factText(facts, 'boxId');
  if (boxId === null) return null;
  const connectorId = factText(facts, 'connectorId');
  const port = factNumber(facts, 'port');
  const poles = facts.dropPoleIds;
  return {
    boxId,
    target: connectorId !== null && port !== null ? { connectorId, port } : null,
    dropPoleIds: Array.isArray(poles) ? poles.filter((id) => typeof id === 'string') : null,
  };
}

/** A home that is to go, as one fact. */
export function goneHome(home: Property, clientId: string | null): JsonObject {
  return homeIds(home, clientId);
}

/** The same, read back. */
export function goneHomeOf(fact: unknown): HomeIds | null {
  const facts = (typeof fact === 'object' && fact !== null ? fact : {}) as Facts;
  const propertyId = factText(facts, 'propertyId');
  if (propertyId === null) return null;
  const held = (facts.held ?? {}) as Facts;
  const [splitterId, fiberId, port] = [
    factText(held, 'splitterId'),
    factText(held, 'fiberId'),
    factNumber(held, 'port'),
  ];
  return {
    propertyId,
    clientId: factText(facts, 'clientId'),
    dropId: factText(facts, 'dropId'),
    held: splitterId !== null && fiberId !== null && port !== null ? { splitterId, fiberId, port } : null,
  };
}
