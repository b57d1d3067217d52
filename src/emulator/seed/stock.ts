import type { CableTypeRecord, SplitterTypeRecord } from '../records.js';
import { DEFAULT_VIABILITY, LEVELS, STOCK } from '../rules/settings.js';
import { FIBER_COLOURS } from '../rules/topology.js';
import { type Draft, rectangle } from './draft.js';

/** What the rest of the plant refers to. */
export interface Stock {
  sul: string;
  norte: string;
  /** Where "Sul" ends and "Norte" begins. */
  borderLat: number;
  boxTypes: { cto8: string; cto16: string; splice: string };
  splitters: { one8: SplitterTypeRecord; one16: SplitterTypeRecord };
  connectorType: string;
  buildingType: string;
  feederType: string;
  woodenPole: string;
  privatePole: string;
  tags: { home: string; business: string; expansion: string };
}

/** Degrees. */
export type Bounds = Record<'west' | 'south' | 'east' | 'north', number>;

/** Longest drop in both projects, metres. */
export const DROP_LIMIT_M = 200;

const VIABILITY = ['expansao.cliente', 'expansao.prospecto', 'viabilidade'];

/** Lays types, tags, roles, users, the two projects and the settings. */
export function layStock(draft: Draft, borderLat: number, bounds: Bounds): Stock {
  const sul = STOCK.project;
  const norte = draft.id('project');
  const demo = draft.id('user');
  draft.creatorData = { id: demo, name: 'Demonstração', username: 'demo' };
  layProjects(draft, sul, norte, borderLat, bounds);
  layPeople(draft, demo, norte);
  laySettings(draft);
  return { sul, norte, borderLat, ...layTypes(draft), tags: layTags(draft) };
}

function layProjects(
  draft: Draft,
  sul: string,
  norte: string,
  borderLat: number,
  { west, south, east, north }: Bounds,
) {
  const project = (id: string, name: string, from: number, to: number) =>
    draft.add('projects', {
      ...draft.stamp('project', id),
      name,
      identifier: name.toLowerCase(),
      parents: [],
      lat: (from + to) / 2,
      lng: (west + east) / 2,
      defaultPonPotency: 3,
      hasLogo: false,
      area: rectangle((x, y) => [x < 0 ? west : east, y < 0 ? from : to]),
      drop: { defaults: { cableType: STOCK.dropType }, maxSize: DROP_LIMIT_M },
      hierarchyLevels: LEVELS,
    });
  project(sul, 'Sul', south, borderLat);
  project(norte, 'Norte', borderLat, north);
}

function layPeople(draft: Draft, demo: string, norte: string): void {
  const role = (id: string, name: string, actions: string[], limits = {}) =>
    draft.add('roles', { ...draft.stamp('role', id), name, actions, ...limits }).id;
  const administrator = role(STOCK.administrator, 'Administrador', ['*']);
  const manager = role(STOCK.manager, 'Gerente', ['*']);
  const seller = role(draft.id('role'), 'Vendedor', VIABILITY, { defaultDropSize: 150, defaultRadius: 150 });

  const user = (id: string, username: string, name: string, roleId: string, project?: string) =>
    draft.add('users', {
      ...draft.stamp('user', id),
      username,
      email: `${username}@provedor.example`,
      name,
      password: username,
      role: roleId,
      resources: ['OZmap', 'OZmob', 'Loki', 'API'],
      projects: project ? [{ project, role: roleId, fromGroup: false }] : [],
      projectGroups: [],
      allProjects: project === undefined,
      allUsers: project === undefined,
      apiKey: username,
      locale: 'pt_BR',
    });
  user(demo, 'demo', 'Demonstração', administrator);
  user(draft.id('user'), 'demo-norte', 'Demonstração Norte', manager, norte);
  user(draft.id('user'), 'demo-vendedor', 'Vendas', seller);
}

function laySettings(draft: Draft): void {
  const level = (id: number, name: string, translated_name: string) => ({ id, name, translated_name });
  draft.add('system-configs', {
    ...draft.stamp('system-config'),
    viability: { ...DEFAULT_VIABILITY },
    hierarchyLevels: {
      boxes: [level(1, 'POP', 'POP'), level(2, 'CE', 'Caixa de emenda'), level(3, 'CTO', 'Caixa de atendimento')],
      cables: [level(1, 'PRIMARIO', 'Primário'), level(2, 'SECUNDARIO', 'Secundário'), level(3, 'DROP', 'Drop')],
      pops: [level(1, 'POP', 'POP')],
      towers: [level(1, 'TORRE', 'Torre')],
    },
  });
}

function layTags(draft: Draft): Stock['tags'] {
  const tag = (name: string, ...allowedTypes: string[]) =>
    draft.add('tags', { ...draft.stamp('tag'), name, allowedTypes }).id;
  return {
    home: tag('Residencial', 'box', 'client', 'property'),
    business: tag('Corporativo', 'box', 'client', 'property', 'splitter.ports'),
    expansion: tag('Expansão', 'box', 'prospect', 'horizontalCondominium'),
  };
}

function layTypes(draft: Draft): Omit<Stock, 'sul' | 'norte' | 'borderLat' | 'tags'> {
  const boxType = (id: string, code: string, prefix: string, default_level: number) =>
    draft.add('box-types', {
      ...draft.stamp('box-type', id),
      code,
      prefix,
      default_template: STOCK.boxTemplate,
      default_level,
      default_reserve: 0,
      config: {
        base: { color: '#3388FFFF' },
        regular: { fillColor: '#3388FFFF' },
        not_implanted: { fillColor: '#FFA500A6' },
        draft: { fillColor: '#FFA500A6' },
      },
    }).id;
  const splitterType = (code: string, output: number, loss: number): SplitterTypeRecord =>
    draft.add('splitter-types', {
      ...draft.stamp('splitter-type'),
      code,
      isDrop: true,
      ratio: { input: 1, output },
      isBalanced: true,
      prefix: 'Splitter ',
      size: output,
      inputConnectionType: 0,
      outputConnectionType: 1,
      attenuation: Array(output).fill(loss),
    });
  const poleType = (id: string, name: string, viabilityAllowed: boolean) =>
    draft.add('pole-types', {
      ...draft.stamp('pole-type', id),
      name,
      prefix: 'P_',
      viabilityAllowed,
      color: '#3388FF',
      description: '',
    }).id;
  layCableType(draft, STOCK.dropType, 'Drop 1 FO', 'Drop', 1);
  return {
    boxTypes: {
      cto8: boxType(STOCK.boxType, 'CTO 1:8', 'CTO ', 3),
      cto16: boxType(draft.id('box-type'), 'CTO 1:16', 'CTO ', 3),
      splice: boxType(draft.id('box-type'), 'CE', 'CE ', 2),
    },
    splitters: { one8: splitterType('1:8', 8, 10.5), one16: splitterType('1:16', 16, 13.8) },
    connectorType: draft.add('connector-types', {
      ...draft.stamp('connector-type'),
      code: 'SC/APC',
      isDrop: true,
      loss: 0.3,
    }).id,
    buildingType: draft.add('building-types', {
      ...draft.stamp('building-type'),
      code: 'Prédio',
      prefix: 'Edifício ',
      config: { implanted: { color: '#08641CFF' }, not_implanted: { color: '#08641C73' } },
    }).id,
    feederType: layCableType(draft, draft.id('cable-type'), 'AS 12 FO', 'Cable', 12).id,
    woodenPole: poleType(STOCK.poleType, 'Poste da concessionária', true),
    privatePole: poleType(draft.id('pole-type'), 'Poste particular', false),
  };
}

function layCableType(draft: Draft, id: string, code: string, kind: CableTypeRecord['kind'], fiberNumber: number) {
  const weight = kind === 'Drop' ? 2 : 6;
  return draft.add('cable-types', {
    ...draft.stamp('cable-type', id),
    code,
    kind,
    default_level: kind === 'Drop' ? 3 : 2,
    fiberNumber,
    looseNumber: 1,
    fiberProfile: draft.add('fiber-profiles', {
      ...draft.stamp('fiber-profile'),
      name: code,
      defaultFiberColor: '#00A651',
      defaultTubeColor: '#00A651',
      fibers: FIBER_COLOURS.slice(0, fiberNumber).map((color) => ({ color })),
      tubes: [{ color: '#00A651' }],
    }).id,
    base_loss: 0.25,
    config: { regular: { color: '#3388FFFF', weight }, not_implanted: { color: '#FFA500A6', weight } },
  });
}
