import { sameConnections } from '../domain/connection.js';
import { type Facts, factFlag, factText } from '../domain/facts.js';
import type { JsonObject } from '../domain/json.js';
import type { AppError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import { findClientOf, findHomeById } from './kit/contract.js';
import { placeFacts, placeOf } from './kit/place-facts.js';
import { readBack, unexpected } from './kit/read-back.js';
import { occupied } from './kit/refused-write.js';
import type { TakenHome } from './reservation-request.js';
import type { ReservationOutcome } from './reserve-port.js';
import type { Session } from './session.js';

/** What a take-over is later compared with, as facts: the home as it stood, and the port that it was asked to be put on. */
export function takenFacts(home: Property, target: { connectorId: string; port: number } | null): JsonObject {
  const { id: propertyId, boxId, dropId, connections } = home;
  const place = boxId === null ? {} : placeFacts({ boxId, target, dropPoleIds: null });
  const kept = connections.map(({ id, kind, port, fiberId }) => ({ id, kind, port, fiberId }));
  return { ...place, sent: true, tookOver: true, propertyId, connectedHere: connections.length === 0, dropId, kept };
}

/** `client`: ours, where it is in the home. `problem`: what is not as asked. */
export type CheckedTakeOver =
  | { outcome: ReservationOutcome; client: FtthClient; problem: null }
  | { outcome: null; client: FtthClient | null; problem: AppError };

/**
 * Reads whether the home has our client, on the drop and port that it had, or on the port that was asked for and that nobody else claims. One
 * request; two where it was to be connected.
 */
export async function checkTakeOver(asked: TakenHome, session: Session, facts: Facts): Promise<CheckedTakeOver> {
  const { home, problem } = await readHome(asked, session, facts);
  const client = home && (await findClientOf(session.ozmap, home));
  if (!home || !client) return { outcome: null, client: null, problem: unexpected([home ? 'client' : 'property']) };
  if (client.code !== asked.code) return { outcome: null, client: null, problem: occupied(home) };
  if (problem) return { outcome: null, client, problem };
  return { outcome: { client, property: home, warnings: [] }, client, problem: null };
}

async function readHome({ propertyId }: TakenHome, session: Session, facts: Facts) {
  const dropId = factText(facts, 'dropId');
  const place = placeOf(facts);
  if (factFlag(facts, 'connectedHere') && place && dropId !== null) {
    const seen = await readBack(session, place, propertyId, dropId);
    const problem = seen.problem ?? (seen.home?.dropId === dropId ? null : unexpected(['drop']));
    return { home: seen.home, problem };
  }
  const home = await findHomeById(session.ozmap, propertyId);
  if (!home) return { home, problem: unexpected(['property']) };
  const connects = factFlag(facts, 'connectedHere');
  const isKept = connects ? home.connections.length === 1 : sameConnections({ connections: keptOf(facts) }, home);
  const faults = [...(home.dropId === dropId ? [] : ['drop']), ...(isKept ? [] : ['connection'])];
  return { home, problem: faults.length > 0 ? unexpected(faults) : null };
}

/** Written by `takenFacts`, a few lines above. */
function keptOf({ kept }: Facts): Property['connections'] {
  return Array.isArray(kept) ? (kept as Property['connections']) : [];
}
