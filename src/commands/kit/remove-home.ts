import { z } from 'zod';
import { heldPort } from '../../domain/connection.js';
import { isTaken, LEFT_HOME_FATES, leftHomeFate } from '../../domain/contract-lifecycle.js';
import type { Policy } from '../../domain/policy.js';
import { UpstreamUnexpectedEffectError } from '../../errors/app-error.js';
import type { FtthClient, Property } from '../../ozmap/types.js';
import type { Step } from '../../saga/command.js';
import type { Session } from '../session.js';

/** A home with all that goes with it, by ids, so that it can be taken away also when half of it is gone already. */
export const HOME_IDS = z.object({
  propertyId: z.string(),
  /** Who lived there and goes with it; null: nobody, or the client is to stay. */
  clientId: z.string().nullable(),
  dropId: z.string().nullable(),
  /** The port that must be free afterwards; null when it was on none, or on something that is not a splitter. */
  held: z.object({ splitterId: z.string(), port: z.number(), fiberId: z.string() }).nullable(),
});
export type HomeIds = z.infer<typeof HOME_IDS>;

/** A home that its client moves out of. */
export const LEFT_HOME = HOME_IDS.extend({ fate: z.enum(LEFT_HOME_FATES), disconnects: z.boolean() });
type LeftHome = z.infer<typeof LEFT_HOME>;

/** What becomes of a home and its port. `disconnectDrop`: of a home that stays; of a marked one as `policy` has it, where that is not said. */
export function leavingOf(
  old: Property,
  client: FtthClient,
  { keepOldProperty, disconnectDrop }: { keepOldProperty?: boolean | null; disconnectDrop?: boolean | null },
  policy: Policy,
): LeftHome {
  const fate = leftHomeFate(old, client, keepOldProperty ?? true);
  const byDefault = fate === 'MARK' && policy.cancelDisconnectsDrop;
  return { ...homeIds(old, null), fate, disconnects: fate !== 'DELETE' && (disconnectDrop ?? byDefault) };
}

/** `clientId`: who goes with it; null: nobody. */
export function homeIds(home: Property, clientId: string | null): HomeIds {
  return { propertyId: home.id, clientId, dropId: home.dropId, held: heldPort(home) };
}

/**
 * Takes a home away and makes sure by reading that home, client and drop are gone and the port is free of its fibre; what OZmap left behind is
 * removed piece by piece. Goes on from wherever an earlier run stopped. `present`: it was just read, and nobody else lives there. A home that
 * somebody else moved into since is left alone, with all that is its own.
 *
 * Errors: UPSTREAM_UNEXPECTED_EFFECT (something stays whatever is done).
 */
export async function removeHome(
  session: Session,
  step: Step,
  ids: HomeIds,
  known: 'present' | 'unknown' = 'unknown',
): Promise<void> {
  const { ozmap } = session;
  const [home] = known === 'present' ? [] : await ozmap.findPropertiesByIds([ids.propertyId]);
  if (home && isTaken(home, ids.clientId)) return;
  if (home || known === 'present') await step('property.undo', ozmap.deleteProperty(ids.propertyId));
  const left = await findRemains(session, ids);
  if (left.length === 0) return;
  if (left.includes('property')) throw stillThere(left);
  const { clientId, dropId, held } = ids;
  if (left.includes('client') && clientId) await step('client.undo', ozmap.deleteClient(clientId));
  if (left.includes('drop') && dropId) await step('drop.undo', ozmap.deleteDrop(dropId));
  else if (left.includes('port') && held) await step('port.undo', ozmap.disconnectFiber(held.splitterId, held.fiberId));
  const still = await findRemains(session, ids);
  if (still.length > 0) throw stillThere(still);
}

function stillThere(what: readonly string[]): UpstreamUnexpectedEffectError {
  const details = what.map((field) => ({ field }));
  return new UpstreamUnexpectedEffectError('OZmap acknowledged the removal, but something is still there', details);
}

/** What of a home is still there: `property`, `client`, `drop`, `port`. Four requests at most, at once. */
export async function findRemains({ ozmap }: Session, ids: HomeIds): Promise<string[]> {
  const { propertyId, clientId, dropId, held } = ids;
  const [properties, clients, drops, splitters] = await Promise.all([
    ozmap.findPropertiesByIds([propertyId]),
    clientId === null ? [] : ozmap.findClientsByIds([clientId]),
    dropId === null ? [] : ozmap.findDropsByIds([dropId]),
    held === null ? [] : ozmap.findSplittersByIds([held.splitterId]),
  ]);
  return [
    ...(properties.length > 0 ? ['property'] : []),
    ...(clients.length > 0 ? ['client'] : []),
    ...(drops.length > 0 ? ['drop'] : []),
    ...(held && splitters[0]?.outputs[held.port - 1] === held.fiberId ? ['port'] : []),
  ];
}
