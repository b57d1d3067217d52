import { assertOneHome } from '../domain/contract-lifecycle.js';
import { type Facts, factFlag, factText } from '../domain/facts.js';
import {
  AppError,
  BadUserInputError,
  OutcomeUnknownError,
  UpstreamRefusedError,
  UpstreamUnavailableError,
} from '../errors/app-error.js';
import type { Property } from '../ozmap/types.js';
import type { Look, OperationContext } from '../saga/command.js';
import { findClientById, findHomeById, getContract } from './kit/contract.js';
import { placeFacts, placeOf } from './kit/place-facts.js';
import { readBack, unexpected } from './kit/read-back.js';
import { explainRefusal } from './kit/refused-write.js';
import { undoneProblem } from './kit/undone-problem.js';
import type { RelocateClientCommandInput, RelocationOutcome } from './relocate-client.js';
import { backToOldHome, canGoBack, isOldHomeLeft, leaveOldHome } from './relocation-old-home.js';
import { factsOf, type Start, startFrom, startOf } from './relocation-start.js';
import { askedOf, chooseTarget, type Target } from './relocation-target.js';
import type { Session } from './session.js';

/** Detach from the old home, attach to the new one, read back, deal with the old one; each only while it is still to be done. */
export async function relocate(
  input: RelocateClientCommandInput,
  session: Session,
  operation: OperationContext,
  facts: Facts,
): Promise<RelocationOutcome> {
  const started = startOf(facts);
  if (started) {
    if (factText(facts, 'undo') !== null) {
      await goBack(session, operation, started, { facts, newId: factText(facts, 'newId') });
      throw undoneProblem(facts);
    }
    const arrived = await findNewHome(session, started, facts);
    if (arrived) return settle(session, operation, started, facts, arrived.id);
  }
  const { client, homes } = await getContract(session.ozmap, input.contractCode);
  const old = started?.oldId ? await findHomeById(session.ozmap, started.oldId) : assertOneHome(homes);
  if (input.propertyId && input.propertyId === old?.id) {
    throw new BadUserInputError('the contract lives in this home already', [{ field: 'propertyId' }]);
  }
  const start = started ?? startFrom(client, old, input.keepOldProperty ?? true);
  const target = await chooseTarget(input, session).catch(async (error: unknown) => {
    throw started ? await giveUp(session, operation, start, error) : error;
  });
  operation.inProject(target.kind === 'new' ? target.place.projectId : target.home.projectId);
  const connectsIn = target.kind === 'existing' && target.home.connections.length === 0 ? target.home.boxId : null;
  // Where OZmap gives the ports of client-less homes away, the old home could lose its own while nobody lives there.
  const mayLose = old && (await session.systemConfig()).considersPropertyPortsFree ? old.boxId : null;
  await operation.keep({ propertyIds: [start.oldId], boxIds: [connectsIn, mayLose], takesPort: true });
  const noted = { ...factsOf(start, old), ...targetFacts(target) };
  operation.note(noted);
  if (old && old.clientId === client.id) {
    await operation.step('client.detach', session.ozmap.updateProperty(old.id, { clientId: null }));
  }
  const newId = await attach(session, operation, start, target).catch(async (error: unknown) => {
    throw await giveUp(session, operation, start, error);
  });
  return settle(session, operation, start, noted, newId);
}

/** Where an interrupted relocation stands. */
export async function lookAtRelocation(
  _input: RelocateClientCommandInput,
  session: Session,
  facts: Facts,
): Promise<Look<RelocationOutcome>> {
  const start = startOf(facts);
  if (!start) return { seen: 'absent' };
  if (factText(facts, 'undo') !== null) return { seen: 'partly' };
  const { ozmap } = session;
  const [client, arrived, old] = await Promise.all([
    findClientById(ozmap, start.clientId),
    findNewHome(session, start, facts),
    start.oldId === null ? null : findHomeById(ozmap, start.oldId),
  ]);
  if (!arrived) return { seen: old?.clientId === start.clientId || start.oldId === null ? 'absent' : 'partly' };
  const { problem } = await check(session, facts, arrived.id, start);
  const dealtWith = await isOldHomeLeft(session, start, facts, old);
  if (problem || !dealtWith || !client) return { seen: 'partly' };
  return { seen: 'applied', outcome: { client, property: arrived, oldProperty: old, warnings: [] } };
}

async function attach(
  session: Session,
  operation: OperationContext,
  { clientId }: Start,
  target: Target,
): Promise<string> {
  const { ozmap } = session;
  try {
    if (target.kind === 'new') {
      const write = ozmap.createProperty({ ...target.body, client: clientId });
      return (await operation.step('property.create', write)).id;
    }
    await operation.step('client.attach', ozmap.updateProperty(target.home.id, { clientId, ...target.patch }));
    return target.home.id;
  } catch (error) {
    if (!(error instanceof UpstreamRefusedError)) throw error;
    const place = askedOf(target);
    throw await explainRefusal(session, error, {
      code: null,
      boxId: place?.boxId ?? null,
      target: place?.target ?? null,
    });
  }
}

async function settle(
  session: Session,
  operation: OperationContext,
  start: Start,
  facts: Facts,
  newId: string,
): Promise<RelocationOutcome> {
  const { ozmap } = session;
  const { home, problem } = await check(session, facts, newId, start);
  if (problem || !home) {
    const why = problem ?? unexpected(['property']);
    // Better a home that is not quite as asked, and may be somebody's work by now, than none.
    if (!(await canGoBack(session, start))) throw why;
    operation.note({ undo: why.reason ?? why.code, newId });
    await goBack(session, operation, start, { facts, newId });
    throw why;
  }
  const oldProperty = await leaveOldHome(session, operation, start, facts);
  const client = home.client ?? (await findClientById(ozmap, start.clientId));
  if (!client) throw unexpected(['client']);
  return { client, property: home, oldProperty, warnings: [] };
}

/** Back to the old home. Whoever tries again afterwards starts afresh. */
async function goBack(
  session: Session,
  operation: OperationContext,
  start: Start,
  { facts, newId }: { facts: Facts; newId: string | null },
): Promise<void> {
  await backToOldHome(session, operation, start, factFlag(facts, 'intoExisting') ? null : newId, newId);
  operation.note({ undo: null, code: null });
}

async function check(session: Session, facts: Facts, newId: string, { clientId }: Start) {
  const place = placeOf(facts);
  if (place) {
    const seen = await readBack(session, place, newId, null);
    const problem = seen.problem ?? (seen.home?.clientId === clientId ? null : unexpected(['client']));
    return { home: seen.home, problem };
  }
  const home = await findHomeById(session.ozmap, newId);
  const faults = [
    ...(home?.clientId === clientId ? [] : ['client']),
    ...(home && home.connections.length > 0 ? [] : ['connection']),
  ];
  return { home, problem: faults.length > 0 ? unexpected(faults) : null };
}

/** The home the client is in that is not the old one; null while there is none. */
async function findNewHome({ ozmap }: Session, start: Start, facts: Facts): Promise<Property | null> {
  const homes = await ozmap.findPropertiesByClientIds([start.clientId]);
  const boxId = factText(facts, 'boxId');
  const intoId = factText(facts, 'intoId');
  return (
    homes.find((home) => home.id !== start.oldId && (intoId === null ? home.boxId === boxId : home.id === intoId)) ??
    null
  );
}

/** After a refusal the client goes back to where it was; while the outcome is open, nothing is touched. Returns the error to throw. */
async function giveUp(session: Session, operation: OperationContext, start: Start, error: unknown): Promise<unknown> {
  const open = error instanceof OutcomeUnknownError || error instanceof UpstreamUnavailableError;
  if (!(error instanceof AppError) || open) return error;
  await backToOldHome(session, operation, start, null);
  return error;
}

function targetFacts(target: Target) {
  const place = askedOf(target);
  if (place) return { ...placeFacts(place), intoExisting: false, intoId: null };
  return { intoExisting: true, intoId: target.kind === 'existing' ? target.home.id : null };
}
