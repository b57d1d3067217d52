import { shortestPaths, wayBack } from '../rules/viability/shortest-paths.js';
import type { Placed } from './boxes.js';
import type { Draft } from './draft.js';
import type { Stock } from './stock.js';
import { legs, type Terrain } from './terrain.js';

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
    drawFeeder(draft, from, to, {
      poles: wayBack(reached, fromPole).map((pole) => terrain.poleIds[pole] ?? ''),
      lengthM: reached.get(fromPole)?.lengthM ?? 0,
      cableType: stock.feederType,
    });
  }
}

function drawFeeder(
  draft: Draft,
  from: Placed,
  to: Placed,
  { poles, lengthM, cableType }: { poles: string[]; lengthM: number; cableType: string },
): void {
  const cable = draft.add('cables', {
    ...draft.stamp('cable'),
    kind: 'Cable',
    project: to.box.project,
    cableType,
    boxA: from.box.id,
    boxB: to.box.id,
    poles: poles.map((id) => ({ id, reserve: 0 })),
    hierarchyLevel: 2,
    fiberNumber: FIBERS,
    looseNumber: 1,
    orientationA: '',
    orientationB: '',
    implanted: true,
    length: Math.round(lengthM * 100) / 100,
    ground_length: 0,
    altitude_length: 0,
    loss: 0,
    name: `Cabo ${from.box.name} / ${to.box.name}`,
    ducts: [],
    tags: [],
  });
  from.box.cables.push(cable.id);
  to.box.cables.push(cable.id);
  const splitter = to.service[0];
  for (let fiberNumber = 1; fiberNumber <= FIBERS; fiberNumber++) {
    const feeds = fiberNumber === 1 && splitter !== undefined;
    const fiber = draft.add('fibers', {
      ...draft.stamp('feeder-fiber'),
      kind: 'Fiber',
      parent: cable.id,
      project: cable.project,
      connectors: feeds ? [splitter.id] : [],
      name: `${fiberNumber}`,
      fiberNumber,
      isDrop: false,
      observation: '',
    });
    if (feeds) splitter.connectables.input[0] = fiber.id;
  }
}
