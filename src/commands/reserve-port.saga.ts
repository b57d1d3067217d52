import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isSamePlace } from '../domain/geo.js';
import { assertPortInput } from '../domain/port-choice.js';
import { withAnswer } from '../domain/write.js';
import type { AppError } from '../errors/app-error.js';
import type { FtthClient, Property } from '../ozmap/types.js';
import type { Command } from '../saga/command.js';
import { defineSaga } from '../saga/engine.js';
import { done, untouched, wrong } from '../saga/saga.js';
import { findClientOf, findContract, withCodeFree } from './kit/contract.js';
import { requirePlace } from './kit/destination.js';
import { choosePlace, PLACE, wayOf } from './kit/place.js';
import { type ReadBack, readBack, unexpected } from './kit/read-back.js';
import { explainRefusal } from './kit/refused-write.js';
import { HOME_IDS, homeIds, removeHome } from './kit/remove-home.js';
import {
  chooseFlat,
  RESERVED_CLIENT,
  type ReservationOutcome,
  type ReservePortCommandInput,
  reservedClient,
  type Spot,
} from './kit/reservation.js';
import type { Session } from './session.js';
import { takeOverHome } from './take-over-home.saga.js';

const STATE = z.object({
  client: RESERVED_CLIENT,
  place: PLACE,
  /** Null: a flat. */
  location: z.object({ lat: z.number(), lng: z.number() }).nullable(),
  address: z.string().nullable(),
  projectId: z.string().nullable(),
  /** What tells our home from all others. OZmap takes each once, so that each plan needs another: what an earlier one sent may still come. */
  externalId: z.string(),
  /** What the create made, as far as it is ours to take away; null: not known yet, or somebody else's by now. */
  ours: HOME_IDS.nullable(),
});
type State = z.infer<typeof STATE>;

interface View extends ReadBack {
  client: FtthClient | null;
}

/** Home, client, drop and connection in one create. It has no way back but its own removal: one that somebody implanted meanwhile stays. */
const reserveNewHome = defineSaga<Session, ReservePortCommandInput, State, View, ReservationOutcome>({
  action: 'port.reserve',
  queueable: false,
  state: STATE,
  version: 1,

  async plan(input, session) {
    assertPortInput(input);
    const chosen = input.buildingId ? chooseFlat(input, input.buildingId, session) : chooseSpot(input, session);
    const { projectId, keeps, ...spot } = await withCodeFree(session, input.contractCode, chosen);
    const state: State = {
      client: reservedClient(input),
      ...spot,
      projectId,
      externalId: randomUUID(),
      ours: null,
    };
    return { projectId, ...(keeps && { keeps }), state, view: { home: null, client: null, problem: null } };
  },

  async read(state, session) {
    const { ours, place } = state;
    const made = ours ?? (await findMade(state, session));
    if (!made) return { home: null, client: null, problem: null };
    const { home, problem } = await readBack(session, place, made.propertyId, made.dropId);
    return { home, client: home && (await findClientOf(session, home)), problem };
  },

  judge(view, state, justWritten) {
    const { home, client } = view;
    if (!home) return untouched(unexpected(['property']));
    const problem = problemOf(view, state);
    if (!problem && client && !(justWritten && client.implanted)) {
      return done({ client, property: home });
    }
    // Whoever implanted it meanwhile took it as it is, and whoever put another client there has it: that is nobody's to undo.
    const isOthers = !justWritten && client !== null && (client.implanted || client.code !== state.client.code);
    return wrong(problem ?? unexpected(['client.implanted']), { ours: isOthers ? null : homeIds(home, home.clientId) });
  },

  steps: [
    {
      name: 'property.create',
      due: ({ home }) => home === null,
      write: (_view, { client, place, location, address, projectId, externalId }, { ozmap }) => {
        const create = ozmap.createProperty({
          boxId: place.boxId,
          ...(location ? { location } : {}),
          client,
          autoConnect: place.target === null,
          externalId,
          ...(address ? { address } : {}),
          ...(projectId === null ? {} : { projectId }),
          ...(place.target ?? {}),
          ...wayOf(place),
        });
        return withAnswer(create, (made) => ({ state: { ours: homeIds(made, made.clientId) } }));
      },
      explain: (refusal, { client, place }, session) =>
        explainRefusal(session, refusal, { ...place, code: client.code }),
    },
  ],

  async compensate({ ours }, session, step) {
    if (ours) await removeHome(session, step, ours);
    return null;
  },

  madeId: ({ client }) => client.id,
  record: () => ({ kind: 'newHome' }),
});

/**
 * Holds a port for a contract: a client, not implanted, whose code is the contract's, in a home whose drop ends at the chosen box, or in a home that
 * stands already. Everything is read back; what is not as asked is undone. Six requests for a new home with a straight drop on any port.
 *
 * Errors: BAD_USER_INPUT · NOT_FOUND (home to take over) · CONFLICT CODE_IN_USE, BOX_NOT_OFFERED, BOX_FULL, PORT_TAKEN, DROP_TOO_LONG,
 *         DROP_OFF_NETWORK, PROPERTY_OCCUPIED · UPSTREAM_REFUSED · UPSTREAM_OUTCOME_UNKNOWN · UPSTREAM_UNEXPECTED_EFFECT.
 */
export const reservePort: Command<Session, ReservePortCommandInput, ReservationOutcome> = {
  ...reserveNewHome,
  run: (input, ...rest) => sagaFor(input).run(input, ...rest),
  look: (input, ...rest) => sagaFor(input).look(input, ...rest),
  stands: (input, ...rest) => sagaFor(input).stands(input, ...rest),
};

function sagaFor({ propertyId }: ReservePortCommandInput) {
  return propertyId ? takeOverHome : reserveNewHome;
}

async function chooseSpot(input: ReservePortCommandInput, session: Session): Promise<Spot> {
  const { boxId, location } = requirePlace(input);
  const { splitterId, port = null, dropPath = null, address = null } = input;
  const request = { boxId, location, splitterId: splitterId || null, port, dropPath };
  const { place, projectId } = await choosePlace(session, request);
  return { place, location: { lat: location.lat, lng: location.lng }, address, projectId };
}

function problemOf({ home, client, problem }: View, state: State): AppError | null {
  if (problem) return problem;
  const isElsewhere = home?.location && state.location && !isSamePlace(home.location, state.location);
  const faults = [...(client?.code === state.client.code ? [] : ['client.code']), ...(isElsewhere ? ['location'] : [])];
  return faults.length > 0 ? unexpected(faults) : null;
}

/**
 * What our create made, by what we wrote on it. Where OZmap does not show that, a home of this code at this box and place is it: codes are
 * unique, and we sent exactly that.
 */
async function findMade(
  { client: { code }, place, location, externalId }: State,
  session: Session,
): Promise<{ propertyId: string; dropId: string | null } | null> {
  const [written] = await session.ozmap.findPropertiesByExternalId(externalId);
  if (written) return homeIds(written, null);
  const homes = (await findContract(session, code))?.homes ?? [];
  const isThere = (home: Property) =>
    location === null || (home.location !== null && isSamePlace(home.location, location));
  const isOurs = (home: Property) => (home.boxId ?? home.buildingId) === place.boxId && isThere(home);
  const made = homes.find((home) => home.externalId === null && isOurs(home));
  return made ? homeIds(made, null) : null;
}
