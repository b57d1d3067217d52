import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Referee } from '../support/referee.js';
import { startTestEmulator, type TestEmulator } from '../support/start-emulator.js';
import { changeOf, coords, FIRST_OF, type Known, REFERRED, WRITES } from './bodies.js';
import type { ProxyName } from './collections.js';

type Row = Record<string, unknown> & { id: string };

let emulator: TestEmulator;
let sdk: Referee;
const known = {} as Known;

beforeAll(async () => {
  emulator = await startTestEmulator();
  sdk = new Referee(emulator.url);
  for (const proxy of REFERRED) {
    const args = [FIRST_OF[proxy] ?? {}];
    known[proxy] = (await sdk.call<Row>({ proxy, method: 'findOne', args })).value.id;
  }
  const { value } = await sdk.call<{ coords: number[] }>({ proxy: 'box', method: 'findById', args: [known.box] });
  known.door = [Number(value.coords[0]) + 1e-4, Number(value.coords[1])];
});
afterAll(async () => {
  sdk.stop();
  await emulator.stop();
});

const document = readFileSync(new URL('../../docs/emulator.md', import.meta.url), 'utf8').replaceAll('\n', ' ');

const NOBODY = 'f'.repeat(24);
const look = { color: '#3388FF', weight: 3 };
/** What the SDK lets be created in modules that are not emulated, and in one whose bodies have a test of their own. */
const OTHER_BODIES: Record<string, () => unknown[]> = {
  cable: () => [
    {
      ...{ project: known.project, cableType: known.cableType, boxA: known.box, implanted: true, hierarchyLevel: 2 },
      poles: [{ id: known.pole }, { lat: coords[1], lng: coords[0] }],
    },
  ],
  junctionBox: () => [{ coords, name: 'P1', project: known.project, junctionBoxType: NOBODY }],
  junctionBoxType: () => [{ code: 'Alvenaria', prefix: 'P', color: '#000' }],
  dio: () => [{ parent: known.pop, project: known.project, dioType: NOBODY }],
  dioType: () => [{ code: 'DIO 24', ratio: 24, size: 1, tray_number: 2 }],
  cord: () => [{ parent: known.box, name: 'C1', observation: '' }],
  duct: () => [{ project: known.project, ductType: NOBODY, edgeA: NOBODY, edgeB: NOBODY, points: [], tags: [] }],
  ductType: () => [{ code: 'PEAD', config: { regular: look, notImplanted: look } }],
  post: () => [{ element: { id: known.box, kind: 'box' }, title: 'Foto' }],
  file: () => [known.box, []],
  boxStructureChangeRequest: () => [
    {
      element: { id: known.box, kind: 'box' },
      description: 'Trocar o divisor',
      structure: { topology: {}, design: {} },
    },
  ],
  boxCreateRequest: () => [{ description: 'Caixa nova', boxData: WRITES.box?.body(known) }],
  polygonReport: () => [{ name: 'R', polygon: { type: 'Polygon', coordinates: [[]] } }],
};

/** Arguments of a method, given the record that `create` made, or the first there is. */
function argsOf(module: string, method: string, id: string): unknown[] {
  const byCode = [{ property: 'id', operator: '=', value: id }];
  const others: Record<string, () => unknown[]> = {
    find: () => [{ limit: 2 }],
    findOne: () => [{}],
    findAll: () => [{ filter: byCode }],
    findById: () => [id],
    deleteById: () => [id],
    create: () => OTHER_BODIES[module]?.() ?? [WRITES[module as ProxyName]?.body(known)],
    updateById: () => [id, changeOf(module as ProxyName, known)],
    batchUpdate: () => [byCode, module === 'property' ? { potencyRead: -20 } : { status: 0 }],
    getStructure: () => [id],
    reviewById: () => [id, { status: 'APPROVED' }],
    approveById: () => [id],
    rejectById: () => [id, { observation: 'Fora da rota' }],
    moveById: () => [id, { lat: 0, lng: 0 }],
    addTagsById: () => [id, { tags: [] }],
    removeTagsById: () => [id, { tags: [] }],
    updateProject: () => [{ ids: [id], project: known.project }],
    createCompleteElementsReport: () => [{ elements: {} }],
    createCountElementsReport: () => [{ elements: {} }],
  };
  const args = others[method];
  if (!args) throw new Error(`no arguments are known for ${module}.${method}`);
  return args();
}

/** In which order a module's methods make sense. */
const FIRST = ['create', 'find'];
const LAST = ['deleteById'];

async function drive(module: string, methods: readonly string[]): Promise<[string, number | string][]> {
  const answers: [string, number | string][] = [];
  const middle = methods.filter((method) => !FIRST.includes(method) && !LAST.includes(method));
  let id = NOBODY;
  for (const method of [...FIRST, ...middle, ...LAST].filter((each) => methods.includes(each))) {
    const structure = method === 'updateStructure';
    const args = structure
      ? [id, (await sdk.call({ proxy: module, method: 'getStructure', args: [id] })).value]
      : argsOf(module, method, id);
    const { value, error } = await sdk.call<Row & { rows?: Row[] }>({ proxy: module, method, args });
    answers.push([`${module}.${method}`, error ? (error.status ?? error.message) : 200]);
    if (id === NOBODY) id = value?.rows?.[0]?.id ?? value?.id ?? NOBODY;
  }
  return answers;
}

it('the official SDK is answered, or told 501, by each method of each of its modules', async () => {
  const { value: modules } = await sdk.call<Record<string, string[]>>({ proxy: 'modules', method: '' });
  const answers: [string, number | string][] = [];
  for (const [module, methods] of Object.entries(modules)) answers.push(...(await drive(module, methods)));
  expect(answers.filter(([, status]) => status !== 200 && status !== 501)).toEqual([]);
  const works = answers.filter(([, status]) => status === 200).length;
  const missing = Object.keys(modules).filter((module) =>
    answers.every(([method, status]) => status === 501 || !method.startsWith(`${module}.`)),
  );
  // docs/emulator.md says the same.
  expect(document).toContain(`${works} of the ${answers.length} methods`);
  expect(document).toContain(`Not emulated at all: ${missing.map((module) => `\`${module}\``).join(', ')}.`);
}, 30_000);
