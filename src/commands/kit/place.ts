import { z } from 'zod';
import { assertDropLength, inOzmapOrder, planDrop, SNAP_TO_POLE_M } from '../../domain/drop-plan.js';
import { boundsAround, type Coordinates } from '../../domain/geo.js';
import { assertServes, boxNotOffered, firstFreePort, portStanding, portTaken } from '../../domain/port-choice.js';
import { refusalDetails } from '../../domain/refusal.js';
import type { Write } from '../../domain/write.js';
import type { Property, Splitter, ViabilityAnswer, ViabilityBox } from '../../ozmap/types.js';
import type { Step } from '../../saga/command.js';
import type { Session } from '../session.js';

/** Where a home is to be connected, as the caller asks for it. */
export interface PlaceRequest {
  location: Coordinates;
  boxId: string;
  splitterId: string | null;
  port: number | null;
  /** From the client to the box; null: straight. */
  dropPath: readonly Coordinates[] | null;
}

type PortRequest = Pick<PlaceRequest, 'boxId' | 'splitterId' | 'port'>;

/** Box, port and way of a drop, ready to be written, and as a saga remembers them. */
export const PLACE = z.object({
  /** Where the drop leaves for the home; null: OZmap chooses, and a drop without poles is straight. An earlier release knew none. */
  poleId: z.string().nullable().default(null),
  boxId: z.string(),
  /** Null: OZmap chooses splitter and port. */
  target: z.object({ connectorId: z.string(), port: z.number() }).nullable(),
  /** In OZmap's order, from the box: as drawn, or as OZmap offers it in pole mode; null: straight, or OZmap's way to `poleId`. */
  dropPoleIds: z.array(z.string()).nullable(),
});
export type Place = z.infer<typeof PLACE>;

/** More poles than any drop's surroundings hold. */
const POLES_LIMIT = 2_000;

/**
 * Runs viability again at the location and checks box, port and drawn drop against it. One request; one more with a splitter; three more
 * with a drawn drop; all at once.
 *
 * Errors: CONFLICT BOX_NOT_OFFERED, BOX_FULL, PORT_TAKEN, DROP_OFF_NETWORK, DROP_TOO_LONG · BAD_USER_INPUT.
 */
export async function choosePlace(
  session: Session,
  request: PlaceRequest,
): Promise<{ place: Place; projectId: string | null }> {
  const { location, boxId, splitterId } = request;
  const [answer, splitters, surroundings] = await Promise.all([
    offersAt(session, location),
    splitterId === null ? [] : session.ozmap.findSplittersByIds([splitterId]),
    request.dropPath === null ? null : surroundingsOf(session, request.dropPath),
  ]);
  const box = answer.boxes.find((offer) => offer.id === boxId);
  if (!box) {
    const refused = answer.refusedBoxes.find((candidate) => candidate.id === boxId);
    throw boxNotOffered(boxId, refused ? refusalDetails(refused) : []);
  }
  const target = splitterId === null ? null : await choosePort(session, request, splitters[0]);
  const { poleId, dropPoleIds } =
    request.dropPath && surroundings
      ? { poleId: null, dropPoleIds: drawnDrop(request.dropPath, location, box, surroundings) }
      : box;
  return { place: { boxId, target, poleId, dropPoleIds }, projectId: box.projectId };
}

/** The way of a drop, for the body of a write. */
export function wayOf({ poleId, dropPoleIds }: Pick<Place, 'poleId' | 'dropPoleIds'>) {
  return { ...(poleId === null ? {} : { poleId }), ...(dropPoleIds?.length ? { dropPoleIds } : {}) };
}

/** The port within a box that needs no viability, because the home hangs on it already. Errors: CONFLICT PORT_TAKEN · BAD_USER_INPUT. */
export async function choosePortInBox(
  session: Session,
  request: PortRequest,
): Promise<{ connectorId: string; port: number } | null> {
  if (request.splitterId === null) return null;
  const [splitter] = await session.ozmap.findSplittersByIds([request.splitterId]);
  return choosePort(session, request, splitter);
}

async function choosePort(
  session: Session,
  { boxId, port }: PortRequest,
  splitter: Splitter | undefined,
): Promise<{ connectorId: string; port: number }> {
  assertServes(splitter, boxId);
  if (port === null) {
    const free = firstFreePort(splitter);
    if (free === null) throw portTaken(splitter.id, null);
    return { connectorId: splitter.id, port: free };
  }
  const standing = portStanding(splitter, port);
  if (standing !== 'free' && !(standing === 'taken' && (await mayEvict(session, boxId, splitter.id, port)))) {
    throw portTaken(splitter.id, port);
  }
  return { connectorId: splitter.id, port };
}

/** A port held by a home without client is free where OZmap's configuration says so; asked only there. */
async function mayEvict(session: Session, boxId: string, splitterId: string, port: number): Promise<boolean> {
  if (!(await session.systemConfig('now')).considersPropertyPortsFree) return false;
  const homes = await session.ozmap.findPropertiesByBoxIds([boxId]);
  const holders = homes.filter((home) => home.connections.some((on) => on.id === splitterId && on.port === port));
  return holders.length > 0 && holders.every((home) => home.clientId === null);
}

async function surroundingsOf({ ozmap }: Session, path: readonly Coordinates[]) {
  const bounds = boundsAround(path, SNAP_TO_POLE_M);
  // A path of two points passes nothing: no pole needs to be known.
  const inner = path.length > 2;
  const [projects, poles, points] = await Promise.all([
    ozmap.findProjects(),
    inner ? ozmap.findPolesWithin(bounds, POLES_LIMIT) : [],
    inner ? ozmap.findPointsWithin(bounds, POLES_LIMIT) : [],
  ]);
  return { projects, nodes: [...poles, ...points] };
}

function drawnDrop(
  path: readonly Coordinates[],
  location: Coordinates,
  box: ViabilityBox,
  { projects, nodes }: Awaited<ReturnType<typeof surroundingsOf>>,
): string[] {
  const plan = planDrop({ location, boxLocation: box.location, path, nodes });
  assertDropLength(plan.lengthM, projects.find((project) => project.id === box.projectId)?.dropMaxLengthM ?? null);
  return inOzmapOrder(plan.poleIds);
}

/** One viability call at an exact location, in OZmap's own mode and by its own rules: what it would sell right now. */
async function offersAt(session: Session, location: Coordinates): Promise<ViabilityAnswer> {
  const { viabilityMode } = await session.systemConfig('now');
  const query = { location: { lat: location.lat, lng: location.lng } };
  return viabilityMode === 'poles' ? session.ozmap.viabilityByPoles(query) : session.ozmap.viabilityByRadius(query);
}

/** Frees the port of a home: its drop stays. A flat may be connected in its building without a drop: then its fibre is taken off. */
export function takeOffPort({ ozmap }: Session, { dropId, connections }: Property): Write<undefined>[] {
  if (connections.length === 0) return [];
  if (dropId !== null) return [ozmap.disconnectDrop(dropId)];
  return connections.flatMap(({ id, fiberId, kind }) =>
    fiberId === null ? [] : [ozmap.disconnectFiber(id, fiberId, kind)],
  );
}

/** Off the port that a home was put on, unless it was on one `before`; a drop that was laid for it goes. */
export async function takeOffAgain(
  home: Property,
  before: { dropId: string | null; isConnected: boolean },
  session: Session,
  step: Step,
): Promise<void> {
  if (before.isConnected) return;
  const laidDropId = before.dropId === null ? home.dropId : null;
  const writes = laidDropId === null ? takeOffPort(session, home) : [session.ozmap.deleteDrop(laidDropId)];
  for (const write of writes) await step(home.dropId === null ? 'port.undo' : 'drop.undo', write);
}
