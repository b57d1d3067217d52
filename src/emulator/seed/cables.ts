import type { CableRecord } from '../records.js';
import { round } from '../rules/drops.js';
import { shortestPaths, wayBack } from '../rules/viability/shortest-paths.js';
import type { Placed } from './boxes.js';
import type { Draft, Stamp } from './draft.js';
import type { Stock } from './stock.js';
import { legs, type Terrain } from './terrain.js';

type Ends = Pick<CableRecord, 'kind' | 'project' | 'cableType' | 'boxA' | 'boxB'>;
type Laying = { poles: readonly string[]; lengthM: number; hierarchyLevel: number; fiberNumber: number; name?: string };

/** Records a cable or drop, without its fibres. */
export function addCable(draft: Draft, stamp: Stamp, ends: Ends, laying: Laying): CableRecord {
  const { poles, lengthM, hierarchyLevel, fiberNumber, name } = laying;
  return draft.add('cables', {
    ...stamp,
    ...ends,
    poles: poles.map((id) => ({ id, reserve: 0 })),
    hierarchyLevel,
    fiberNumber,
    looseNumber: 1,
    orientationA: '',
    orientationB: '',
    implanted: true,
    length: round(lengthM),
    ground_length: 0,
    altitude_length: 0,
    loss: 0,
    ...(name && { name }),
    ducts: [],
    tags: [],
  });
}

/** Records a fibre of a cable, on the equipment at its ends. */
export function addFiber(draft: Draft, id: string, cable: CableRecord, fiberNumber: number, connectors: string[]) {
  return draft.add('fibers', {
    ...draft.stamp('', id),
    kind: 'Fiber',
    parent: cable.id,
    project: cable.project,
    connectors,
    name: `${fiberNumber}`,
    fiberNumber,
    isDrop: cable.kind === 'Drop',
    observation: '',
  });
}

/** Between which boxes feeder cables are drawn: the rest of the feeder network is not needed to sell. */
const isFed = (index: number) => index % 6 === 2;
const FEEDER_M = 320;
const FIBERS = 12;

/** Draws feeder cables along the poles between some neighbouring boxes; the first fibre feeds the box's splitter. */
export function drawFeeders(draft: Draft, terrain: Terrain, boxes: readonly Placed[], stock: Stock): void {
  const boxAt = new Map(boxes.map((placed) => [placed.site.pole, placed]));
  for (const to of boxes) {
    if (!isFed(to.site.index) || to.box.draft) continue;
    const reached = shortestPaths(to.site.pole, FEEDER_M, (pole) => legs(terrain, pole));
    const fromPole = [...reached.keys()].find((pole) => pole !== to.site.pole && boxAt.has(pole));
    const from = fromPole === undefined ? undefined : boxAt.get(fromPole);
    if (!from || fromPole === undefined || from.box.project !== to.box.project) continue;
    const poles = wayBack(reached, fromPole).map((pole) => terrain.poleIds[pole] ?? '');
    drawFeeder(draft, from, to, { poles, lengthM: reached.get(fromPole)?.lengthM ?? 0 }, stock.feederType);
  }
}

type Way = Pick<Laying, 'poles' | 'lengthM'>;

function drawFeeder(draft: Draft, from: Placed, to: Placed, way: Way, cableType: string): void {
  const cable = addCable(
    draft,
    draft.stamp('cable'),
    { kind: 'Cable', project: to.box.project, cableType, boxA: from.box.id, boxB: to.box.id },
    { ...way, hierarchyLevel: 2, fiberNumber: FIBERS, name: `Cabo ${from.box.name} / ${to.box.name}` },
  );
  from.box.cables.push(cable.id);
  to.box.cables.push(cable.id);
  const [splitter] = to.service;
  for (let number = 1; number <= FIBERS; number++) {
    const fed = number === 1 ? splitter : undefined;
    const fiber = addFiber(draft, draft.id('feeder-fiber'), cable, number, fed ? [fed.id] : []);
    if (fed) fed.connectables.input[0] = fiber.id;
  }
}
