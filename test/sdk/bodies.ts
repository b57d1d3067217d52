import type { ProxyName } from './collections.js';

/** Modules whose first record bodies refer to. */
export const REFERRED = [
  ...([
    'project',
    'role',
    'users',
    'box',
    'boxType',
    'building',
    'buildingType',
    'pole',
    'poleType',
    'cableType',
  ] as const),
  ...(['splitterType', 'connectorType', 'fusionType', 'switchType', 'pendencyType', 'regionType'] as const),
  ...(['pop', 'popType', 'shelf', 'shelfType', 'olt', 'oltType', 'slot'] as const),
] as const;
/** Which one, where not any will do: a box that sells. */
export const FIRST_OF: Partial<Record<ProxyName, object>> = {
  box: { filter: [{ property: 'certified', operator: '=', value: true }] },
};
/** Their ids, and a place some metres from the box. */
export type Known = Record<(typeof REFERRED)[number], string> & { door: number[] };

/** A place in the generated town. */
export const coords = [-44.2551, -19.4652];

const area = {
  type: 'Polygon',
  coordinates: [
    [
      [-44.26, -19.47],
      [-44.25, -19.47],
      [-44.25, -19.46],
      [-44.26, -19.47],
    ],
  ],
};
const look = { regular: { color: '#3388FFFF', weight: 6 }, not_implanted: { color: '#FFA500A6', weight: 6 } };
const boxLook = Object.fromEntries(
  ['base', 'regular', 'not_implanted', 'draft'].map((state) => [state, { color: '#3388FFFF', fillColor: '#3388FFFF' }]),
);

type Change = Record<string, unknown>;

/** For each module that the SDK can create in: a body, and a change that can be read back. */
export const WRITES: Partial<
  Record<ProxyName, { body: (known: Known) => object; change: Change | ((known: Known) => Change) }>
> = {
  project: { body: () => ({ name: 'Leste', lat: 0, lng: 0 }), change: { name: 'Oeste' } },
  users: {
    body: (known) => ({
      ...{ username: 'zé', email: 'ze@example.com', name: 'Zé', password: 'x', resources: ['API'], role: known.role },
      ...{ projects: [{ project: known.project, role: known.role, fromGroup: false }], projectGroups: [] },
    }),
    change: { name: 'José' },
  },
  role: {
    body: () => ({ name: 'Vendedor externo', actions: [], defaultDropSize: 150 }),
    change: { defaultRadius: 120 },
  },
  tag: {
    body: () => ({ name: 'Fibra nova', allowedTypes: ['box', 'splitter.ports'] }),
    change: { name: 'Fibra velha' },
  },
  boxType: {
    body: () => ({ code: 'NAP 16', prefix: 'NAP ', default_reserve: 0, config: boxLook }),
    change: { code: 'NAP 8' },
  },
  box: {
    body: (known) => ({
      ...{ name: 'CTO nova', implanted: true, hierarchyLevel: 3, project: known.project, boxType: known.boxType },
      coords,
    }),
    change: { name: 'CTO velha', certified: true },
  },
  buildingType: {
    body: () => ({
      code: 'Torre',
      prefix: 'T',
      config: { implanted: { color: '#0' }, not_implanted: { color: '#1' } },
    }),
    change: { code: 'Bloco' },
  },
  building: {
    body: (known) => ({
      name: 'Edifício Um',
      implanted: true,
      project: known.project,
      buildingType: known.buildingType,
      coords,
      tags: [],
    }),
    change: { name: 'Edifício Dois' },
  },
  splitterType: {
    body: () => ({
      ...{ code: '1:4', isDrop: true, ratio: { input: 1, output: 4 }, attenuation: [7] },
      ...{ inputConnectionType: 0, outputConnectionType: 1 },
    }),
    change: { code: '1/4' },
  },
  splitter: {
    body: (known) => ({
      name: 'S9',
      parent: known.box,
      splitterType: known.splitterType,
      implanted: true,
      isDrop: true,
    }),
    change: { name: 'S8', implanted: false },
  },
  connectorType: { body: () => ({ code: 'SC/UPC', isDrop: true, loss: 0.3 }), change: { code: 'LC' } },
  connector: {
    body: (known) => ({ name: 'C9', parent: known.box, connectorType: known.connectorType, implanted: true }),
    change: { name: 'C8' },
  },
  cableType: {
    body: () => ({
      ...{ code: 'Drop 2F', default_level: 3, config: look, fiberProfile: 'f'.repeat(24) },
      ...{ fiberNumber: 2, looseNumber: 1, base_loss: 0.3 },
    }),
    change: { code: 'Drop 4F' },
  },
  poleType: {
    body: () => ({ name: 'Concreto', prefix: 'C_', viabilityAllowed: true, color: '#000', description: '' }),
    change: { name: 'Madeira' },
  },
  pole: {
    body: (known) => ({
      name: 'P_9999',
      poleType: known.poleType,
      coords,
      project: known.project,
      adjacents: [known.pole],
    }),
    change: { observation: 'torto' },
  },
  point: { body: () => ({ coords, tags: [] }), change: {} },
  property: {
    body: (known) => ({
      address: 'Rua A, 1',
      box: known.box,
      coords: known.door,
      project: known.project,
      client: { code: 'sdk-1', name: 'N', implanted: false },
    }),
    change: { observation: 'portão azul' },
  },
  prospect: { body: () => ({ name: 'Interessada', phone: '31 0', coords, tags: [] }), change: { viable: true } },
  horizontalCondominium: {
    body: (known) => ({ name: 'Vila Fechada', polygon: area, project: known.project, tags: [] }),
    change: { name: 'Vila Aberta' },
  },
  fusion: {
    body: (known) => ({
      ...{ name: 'F9', parent: known.box, project: known.project, fusionType: known.fusionType, implanted: true },
    }),
    change: (known) => ({ name: 'F8', attenuation: [], parent: known.box, fusionType: known.fusionType }),
  },
  switch: {
    body: (known) => ({
      ...{ name: 'W9', parent: known.box, project: known.project, switchType: known.switchType },
      ...{ implanted: true, port_labels: [] },
    }),
    change: { name: 'W8' },
  },
  fusionType: { body: () => ({ code: 'Mecânica', loss: 0.2, isDrop: false }), change: { loss: 0.3 } },
  switchType: { body: () => ({ code: 'Switch 16', ratio: 16, isDrop: false }), change: { code: 'Switch 24' } },
  pendencyType: { body: () => ({ name: 'Urgente', color: '#ff0000', description: '' }), change: { name: 'Grave' } },
  pendency: {
    body: (known) => ({
      ...{ owner: known.users, project: known.project, pendencyType: known.pendencyType, coords },
      ...{ name: 'Cabo caído', description: 'Rua interditada', tags: [], responsibles: [known.users] },
    }),
    change: { solved: true },
  },
  regionType: { body: () => ({ name: 'Bairro', borderColor: '#000' }), change: { lineWidth: 3 } },
  region: {
    body: (known) => ({ name: 'Centro', polygon: area, regionType: known.regionType, tags: [], projects: [] }),
    change: { name: 'Centro velho' },
  },
  color: { body: () => ({ name: 'Azul', color: '#0000ff' }), change: { name: 'Anil' } },
  fiberProfile: {
    body: () => ({ name: 'Duas', fibers: [{ color: '#1' }, { color: '#2' }], tubes: [{ color: '#1' }] }),
    change: { name: 'Par' },
  },
  projectGroup: {
    body: (known) => ({ name: 'Serra', projects: [{ project: known.project }] }),
    change: { name: 'Litoral' },
  },
  boxTemplate: {
    body: () => ({ name: 'Com divisor', structure: {}, positions: {}, topology: {} }),
    change: { description: 'Um para oito' },
  },
  popType: {
    body: () => ({ code: 'Abrigo', prefix: 'A ', hierarchyLevel: 1, color: {} }),
    change: { code: 'Contêiner' },
  },
  pop: {
    body: (known) => ({
      ...{ name: 'POP 9', project: known.project, popType: known.popType, coords, hierarchyLevel: 1 },
      ...{ implanted: true, pole: known.pole },
    }),
    change: { name: 'POP 8' },
  },
  shelfType: { body: () => ({ code: 'Rack 12U', description: '' }), change: { code: 'Rack 20U' } },
  shelf: {
    body: (known) => ({ name: 'R9', parent: known.pop, shelfType: known.shelfType, tags: [] }),
    change: { name: 'R8' },
  },
  oltType: { body: () => ({ code: 'EPON', description: '', slots: [] }), change: { code: 'XGS-PON' } },
  olt: {
    body: (known) => ({
      ...{ name: 'OLT 9', parent: known.pop, project: known.project, shelf: known.shelf, oltType: known.oltType },
      ip: '192.0.2.9',
    }),
    change: { ip: '192.0.2.8' },
  },
  slot: {
    body: (known) => ({ name: '17', parent: known.pop, olt: known.olt, starting_pon_number: 1 }),
    change: { name: '18' },
  },
  pon: {
    body: (known) => ({ name: '16', parent: known.pop, project: known.project, slot: known.slot, potency: 3 }),
    change: { potency: 5 },
  },
};

/** The change of a module's record. */
export function changeOf(proxy: ProxyName, known: Known): Change {
  const change = WRITES[proxy]?.change ?? {};
  return typeof change === 'function' ? change(known) : change;
}
