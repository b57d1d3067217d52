import DataLoader from 'dataloader';
import { type Bounds, boundsAround, type Coordinates } from '../../domain/geo.js';
import type { Box, Drop, Ozmap, Pole, Property } from '../../ozmap/types.js';

/** How far a drop may stray from the rectangle around its two ends: its poles are looked for within. */
const MARGIN_M = 330;

interface Ends {
  drop: Drop;
  home: Coordinates | null;
  box: Coordinates | null;
}

interface Sources {
  drops: DataLoader<string, Drop | null>;
  properties: DataLoader<string, Property | null>;
  boxes: DataLoader<string, Box | null>;
}

/** The way of a drop, from the client to the box. */
interface DropWay {
  /** Null where OZmap knows fewer than two points of it. */
  path: Coordinates[] | null;
  poles: Pole[];
}

/** The ways of drops; null for a drop that OZmap does not have. Poles of all of them come at once. */
export function createDropPathLoader(ozmap: Ozmap, loaders: Sources): DataLoader<string, DropWay | null> {
  return new DataLoader(async (dropIds) => {
    const drops = await Promise.all(dropIds.map((id) => loaders.drops.load(id)));
    const ends = await Promise.all(drops.map((drop) => drop && endsOf(drop, loaders)));
    const poleIds = new Set(drops.flatMap((drop) => drop?.poleIds ?? []));
    const found = poleIds.size > 0 ? await ozmap.findPolesByIds([...poleIds], boundsOf(ends)) : [];
    const poles = new Map(found.map((pole) => [pole.id, pole]));
    return ends.map((end) => end && wayOf(end, poles));
  });
}

async function endsOf(drop: Drop, { properties, boxes }: Sources): Promise<Ends> {
  const [property, box] = await Promise.all([
    drop.propertyId === null ? null : properties.load(drop.propertyId),
    drop.boxId === null ? null : boxes.load(drop.boxId),
  ]);
  return { drop, home: locationOf(property), box: locationOf(box) };
}

function locationOf(place: Property | Box | null): Coordinates | null {
  return place?.location ?? null;
}

/** OZmap keeps the poles from box to home; a path runs from the client's side, as `ReservePortInput.dropPath` takes it. */
function wayOf({ drop, home, box }: Ends, found: ReadonlyMap<string, Pole>): DropWay {
  const poles = drop.poleIds.toReversed().flatMap((id) => found.get(id) ?? []);
  const path = [home, ...poles.map(({ location }) => location), box].filter((point) => point !== null);
  return { path: path.length < 2 ? null : path, poles };
}

function boundsOf(ends: readonly (Ends | null)[]): Bounds | undefined {
  const points = ends.flatMap((end) => [end?.home, end?.box]).filter((point) => point !== null && point !== undefined);
  return points.length === 0 ? undefined : boundsAround(points, MARGIN_M);
}
