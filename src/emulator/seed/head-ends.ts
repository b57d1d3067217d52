import type { ConnectorRecord } from '../records.js';
import { STOCK } from '../rules/settings.js';
import { type Placed, unservedSpot } from './boxes.js';
import { coordsOf, type Draft, rectangle } from './draft.js';
import type { Stock } from './stock.js';
import type { Terrain } from './terrain.js';

/** Splitters on one PON, PONs of one slot, and slots of one OLT. */
const SPLITTERS = 8;
const PONS = 16;
const SLOTS = 16;

/** What an OLT and its parts look like when nothing is drawn on them. */
const blank = (draft: Draft, kind: string, name: string, parent: string, project: string) => ({
  ...draft.stamp(kind),
  kind,
  name,
  parent,
  project,
  connectables: [null],
  attenuation: [],
  implanted: true,
  isDrop: false,
  label: '',
  size: 1,
});

/** Builds a POP with OLTs for each project, puts its splitters on their PONs, and lays the kinds of notes that people make. */
export function buildHeadEnds(draft: Draft, terrain: Terrain, boxes: readonly Placed[], stock: Stock): void {
  const popType = draft.add('pop-types', {
    ...draft.stamp('pop-type'),
    code: 'POP',
    prefix: 'POP ',
    hierarchyLevel: 1,
    color: { implanted: '#3388FFFF', notImplanted: '#FFA500A6', draft: '#FFA500A6' },
  }).id;
  const slots = Array.from({ length: SLOTS }, (_, index) => ({ name: index + 1, starting_pon_number: 0, pons: PONS }));
  const oltType = draft.add('olt-types', {
    ...draft.stamp('olt-type'),
    code: 'GPON 16',
    brand: '',
    mold: '',
    description: '',
    defaultPotency: 3,
    size: 1,
    slots,
    prefix: 'OLT ',
  }).id;
  for (const project of [stock.sul, stock.norte]) {
    const own = boxes.filter(({ box }) => box.project === project);
    const [first] = own;
    if (!first) continue;
    const pop = draft.add('pops', {
      ...draft.stamp('pop'),
      kind: 'Pop',
      name: `POP ${draft.of('pops').length + 1}`,
      project,
      popType,
      coords: first.box.coords,
      pole: first.box.pole,
      cables: [],
      tags: [],
      shared: false,
      draft: false,
      implanted: true,
      certified: true,
      hierarchyLevel: 1,
      structureOrder: [],
      observation: '',
      address: first.box.address ?? '',
    }).id;
    putOnPons(draft, own, pop, project, oltType);
  }
  layNotes(draft, terrain, stock);
}

function putOnPons(draft: Draft, boxes: readonly Placed[], pop: string, project: string, oltType: string): void {
  const splitters = boxes.flatMap(({ service }) => service.filter(({ kind }) => kind === 'Splitter'));
  let way: Required<Pick<ConnectorRecord, 'olt' | 'slot' | 'pon'>> = { olt: null, slot: null, pon: null };
  splitters.forEach((splitter, index) => {
    const pon = Math.floor(index / SPLITTERS);
    if (index % SPLITTERS === 0) {
      if (pon % (PONS * SLOTS) === 0) way = { ...way, olt: addOlt(draft, pop, project, oltType) };
      if (pon % PONS === 0) way = { ...way, slot: addSlot(draft, pop, project, way.olt, Math.floor(pon / PONS)) };
      const name = `${pon % PONS}`;
      const made = { ...blank(draft, 'PON', name, pop, project), slot: way.slot, potency: 3, maximumClients: 128 };
      way = { ...way, pon: draft.add('pons', made).id };
    }
    Object.assign(splitter, way);
  });
}

function addOlt(draft: Draft, pop: string, project: string, oltType: string): string {
  const shelfType =
    draft.of('shelf-types')[0] ??
    draft.add('shelf-types', {
      ...draft.stamp('shelf-type'),
      code: 'Rack 44U',
      prefix: '',
      brand: '',
      mold: '',
      description: '',
      size: 44,
    });
  const shelf = { ...blank(draft, 'Shelf', 'Rack', pop, project), shelfType: shelfType.id, tags: [] };
  const name = `OLT ${draft.of('olts').length + 1}`;
  const access = { user: '', password: '', ip: '192.0.2.10', port: 23 };
  return draft.add('olts', {
    ...blank(draft, 'OLT', name, pop, project),
    ...access,
    oltType,
    shelf: draft.add('shelfs', shelf).id,
  }).id;
}

function addSlot(draft: Draft, pop: string, project: string, olt: string | null | undefined, number: number): string {
  const name = `${(number % SLOTS) + 1}`;
  return draft.add('slots', { ...blank(draft, 'Slot', name, pop, project), olt, starting_pon_number: 0 }).id;
}

/** The default kind of pendency as OZmap names it, the stock template of boxes, colours, and the region that the network has not reached. */
function layNotes(draft: Draft, terrain: Terrain, stock: Stock): void {
  const common = { ...draft.stamp('pendency-type'), name: 'Comum', color: '#ffdd00', description: '' };
  const pendencyType = draft.add('pendency-types', common).id;
  draft.add('pendencies', {
    ...draft.stamp('pendency'),
    owner: draft.creatorData.id,
    project: stock.sul,
    pendencyType,
    responsibles: [],
    tags: [],
    name: 'Poste inclinado',
    description: 'Avisar a concessionária',
    solved: false,
    coords: terrain.poleCoords[0] ?? [0, 0],
  });
  draft.add('box-templates', {
    ...draft.stamp('box-template', STOCK.boxTemplate),
    name: 'Padrão',
    structure: {},
    positions: {},
    topology: {},
  });
  draft.add('project-groups', {
    ...draft.stamp('project-group'),
    name: 'Equipes de campo',
    hasLogo: false,
    projects: [{ project: stock.sul }, { project: stock.norte }],
  });
  draft.add('fusion-types', { ...draft.stamp('fusion-type'), code: 'Fusão', loss: 0.1, isDrop: false });
  draft.add('switch-types', {
    ...draft.stamp('switch-type'),
    code: 'Switch 8',
    brand: '',
    mold: '',
    description: '',
    ratio: 8,
    isDrop: false,
    manageable: false,
    size: 1,
  });
  for (const [name, color] of [
    ['Verde', '#00A651'],
    ['Amarela', '#FFF200'],
  ] as const) {
    draft.add('colors', { ...draft.stamp('color'), name, color });
  }
  const { x, y } = unservedSpot(terrain);
  const regionType = draft.add('region-types', {
    ...draft.stamp('region-type'),
    name: 'Expansão',
    color: '#FFA500',
    description: '',
    lineWidth: 1,
    borderColor: '#FFA500',
  }).id;
  draft.add('regions', {
    ...draft.stamp('region'),
    name: 'Próxima etapa',
    observation: '',
    regionType,
    projects: [],
    tags: [],
    polygon: rectangle((east, north) => coordsOf(terrain.ground.place({ x: x + 300 * east, y: y + 300 * north }))),
  });
}
