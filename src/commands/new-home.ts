import { randomUUID } from 'node:crypto';
import { type Facts, factFlag, factText } from '../domain/facts.js';
import { distanceM } from '../domain/geo.js';
import type { AskedPlace } from '../domain/placement-check.js';
import { type AppError, UpstreamRefusedError } from '../errors/app-error.js';
import type { NewProperty, Property } from '../ozmap/types.js';
import type { Look, OperationContext } from '../saga/command.js';
import { assertCodeFree, firstThen } from './kit/code-free.js';
import { findClientOf, findContract } from './kit/contract.js';
import { choosePlace, type Place } from './kit/place.js';
import { goneHome, goneHomeOf, placeFacts, placeOf } from './kit/place-facts.js';
import { readBack, unexpected } from './kit/read-back.js';
import { explainRefusal } from './kit/refused-write.js';
import { type HomeIds, removeHome } from './kit/remove-home.js';
import { undoneProblem } from './kit/undone-problem.js';
import type { NewHome } from './reservation-request.js';
import type { ReservationOutcome } from './reserve-port.js';
import type { Session } from './session.js';

/** OZmap may round what it stores. */
const SAME_PLACE_M = 1;

/** Home, client, drop and connection in one create; read back; undone when they are not as asked. */
export async function reserveNewHome(
  asked: NewHome,
  session: Session,
  operation: OperationContext,
  facts: Facts,
): Promise<ReservationOutcome> {
  if (factText(facts, 'undo') !== null) {
    await undoMade(session, operation, goneHomeOf(facts.made));
    throw undoneProblem(facts);
  }
  const earlier = factFlag(facts, 'sent') ? await findMade(asked, session, facts) : null;
  if (earlier) {
    const { outcome, home, problem } = await check(asked, session, placeOf(facts) ?? anyPort(asked), earlier);
    if (outcome) return outcome;
    // Whoever implanted the client meanwhile took it as it is: that is nobody's to undo.
    if ((await findClientOf(session.ozmap, home ?? earlier))?.implanted) throw problem;
    return undo(session, operation, home ?? earlier, problem);
  }

  const [, place] = await firstThen(assertCodeFree(session.ozmap, asked.code), choosePlace(session, asked));
  operation.inProject(place.projectId);
  // An earlier try may have left a trace under the operation's id, and OZmap takes each external id once.
  const externalId = (factFlag(facts, 'sent') ? null : operation.operationId) ?? randomUUID();
  operation.note({ ...placeFacts(place), sent: true, tookOver: false, externalId });
  const write = session.ozmap.createProperty(newProperty(asked, place, externalId));
  const created = await operation.step('property.create', write).catch(async (error: unknown) => {
    throw error instanceof UpstreamRefusedError
      ? await explainRefusal(session, error, { code: asked.code, boxId: asked.boxId, target: place.target })
      : error;
  });
  return settle(asked, session, operation, place, created);
}

/** Looks for what an earlier create made. */
export async function lookForNewHome(
  asked: NewHome,
  session: Session,
  facts: Facts,
): Promise<Look<ReservationOutcome>> {
  if (factText(facts, 'undo') !== null) return { seen: 'partly' };
  const made = factFlag(facts, 'sent') ? await findMade(asked, session, facts) : null;
  if (!made) return { seen: 'absent' };
  const { outcome } = await check(asked, session, placeOf(facts) ?? anyPort(asked), made);
  return outcome ? { seen: 'applied', outcome } : { seen: 'partly' };
}

async function settle(
  asked: NewHome,
  session: Session,
  operation: OperationContext,
  place: AskedPlace,
  made: Property,
): Promise<ReservationOutcome> {
  const { outcome, home, problem } = await check(asked, session, place, made);
  if (outcome && !outcome.client.implanted) return outcome;
  return undo(session, operation, home ?? made, problem ?? unexpected(['client.implanted']));
}

async function undo(session: Session, operation: OperationContext, home: Property, problem: AppError): Promise<never> {
  const made = goneHome(home, home.clientId);
  operation.note({ undo: problem.reason ?? problem.code, made });
  await undoMade(session, operation, goneHomeOf(made));
  throw problem;
}

/** Whoever tries again afterwards starts afresh. */
async function undoMade(session: Session, operation: OperationContext, made: HomeIds | null): Promise<void> {
  if (made) await removeHome(session, operation.step, made, 'undo');
  operation.note({ undo: null, made: null });
}

type Checked =
  | { outcome: ReservationOutcome; home: Property; problem: null }
  | { outcome: null; home: Property | null; problem: AppError };

async function check(asked: NewHome, session: Session, place: AskedPlace, made: Property): Promise<Checked> {
  const { home, problem } = await readBack(session, place, made.id, made.dropId);
  if (problem || !home) return { outcome: null, home, problem: problem ?? unexpected(['property']) };
  const client = await findClientOf(session.ozmap, home);
  const faults = [
    ...(client?.code === asked.code ? [] : ['client.code']),
    ...(home.location && distanceM(home.location, asked.location) > SAME_PLACE_M ? ['location'] : []),
  ];
  if (!client || faults.length > 0) return { outcome: null, home, problem: unexpected(faults) };
  return { outcome: { client, property: home, warnings: [] }, home, problem: null };
}

/**
 * What our create made, by what we wrote on it. Where OZmap does not show that, a home of this code at this box and place is it: codes are
 * unique, and we sent exactly that.
 */
async function findMade(asked: NewHome, { ozmap }: Session, facts: Facts): Promise<Property | null> {
  const externalId = factText(facts, 'externalId');
  const [written] = externalId === null ? [] : await ozmap.findPropertiesByExternalId(externalId);
  if (written && (written.clientId === null || written.client?.code === asked.code)) return written;
  const contract = await findContract(ozmap, asked.code);
  const homes = (contract?.homes ?? []).filter((home) => home.externalId === null || externalId === null);
  return (
    homes.find(
      ({ boxId, location }) =>
        boxId === asked.boxId && location !== null && distanceM(location, asked.location) <= SAME_PLACE_M,
    ) ?? null
  );
}

function newProperty(asked: NewHome, place: Place, externalId: string): NewProperty {
  return {
    boxId: asked.boxId,
    location: { lat: asked.location.lat, lng: asked.location.lng },
    client: asked.client,
    autoConnect: place.target === null,
    externalId,
    ...(asked.address ? { address: asked.address } : {}),
    ...(place.projectId === null ? {} : { projectId: place.projectId }),
    ...(place.target ?? {}),
    ...(place.dropPoleIds && place.dropPoleIds.length > 0 ? { dropPoleIds: place.dropPoleIds } : {}),
  };
}

function anyPort({ boxId }: NewHome): AskedPlace {
  return { boxId, target: null, dropPoleIds: null };
}
