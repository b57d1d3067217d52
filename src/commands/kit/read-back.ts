import { type AskedPlace, losesPort, placementFaults, rivals } from '../../domain/placement-check.js';
import { boxFull, isFull, portTaken } from '../../domain/port-choice.js';
import { type AppError, UpstreamUnexpectedEffectError } from '../../errors/app-error.js';
import type { Property } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** A home as it stands, and what is wrong with it; no `problem`: just as asked. */
export interface ReadBack {
  home: Property | null;
  problem: AppError | null;
}

/**
 * Reads a home that was just connected, with all its neighbours on the box, and compares it with what was asked: drop, box, port, and that
 * nobody else is on that port. Two requests, one after the other only when the drop's id is not known yet.
 */
export async function readBack(
  { ozmap }: Session,
  asked: AskedPlace,
  propertyId: string,
  dropId: string | null,
): Promise<ReadBack> {
  const [homes, early] = await Promise.all([
    ozmap.findPropertiesByBoxIds([asked.boxId]),
    dropId === null ? [] : ozmap.findDropsByIds([dropId]),
  ]);
  const home =
    homes.find((candidate) => candidate.id === propertyId) ??
    (await ozmap.findPropertiesByIds([propertyId]))[0] ??
    null;
  if (!home) return { home, problem: unexpected(['property']) };
  const known = home.dropId === dropId || home.dropId === null;
  const drops = known ? early : await ozmap.findDropsByIds([home.dropId ?? '']);
  const faults = placementFaults(asked, home, drops[0] ?? null);
  if (faults.includes('connection') && !asked.target && isFull(await ozmap.findSplittersByBoxIds([asked.boxId]))) {
    return { home, problem: boxFull(asked.boxId) };
  }
  if (faults.length > 0) return { home, problem: unexpected(faults) };

  const others = rivals(home, homes);
  const [connection] = home.connections;
  if (others.length === 0 || !connection || connection.port === null) return { home, problem: null };
  const [splitter] = await ozmap.findSplittersByIds([connection.id]);
  if (!losesPort(home, others, splitter?.outputs[connection.port - 1] ?? null)) return { home, problem: null };
  return { home, problem: asked.target ? portTaken(connection.id, connection.port) : boxFull(asked.boxId) };
}

/** OZmap says yes, but what is there is not what was asked for. */
export function unexpected(fields: readonly string[]): UpstreamUnexpectedEffectError {
  const details = fields.map((field) => ({ field }));
  return new UpstreamUnexpectedEffectError('what is read back is not what was asked for', details);
}
