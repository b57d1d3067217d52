/*
 * 500 contracts by code, each with its client, home and box, at 20 ms an answer of OZmap: this service, whole request included, beside OZmap's
 * official SDK used in three ways; and the same as `_entities` of a router. Answers are compared before times are.
 */
import { finish } from './peers/results.js';
import { ask, type Contestant, markdown, type Row, ratios, spread, start } from './peers/rig.js';

const DELAY_MS = 20;
const ROUNDS = 7;
const COUNT = 500;

const ozmap = await start('ozmap.ts', String(DELAY_MS));
const headers = { authorization: 'demo' };
const listed = await fetch(`${ozmap.url}/api/v2/ftth-clients?limit=2000`, { headers });
const { rows: clients } = (await listed.json()) as { rows: { code: string }[] };
const count = new Map<string, number>();
for (const { code } of clients) count.set(code, (count.get(code) ?? 0) + 1);
// A code that two clients have is nobody's; the SDK takes the first.
const contractCodes = [...count.keys()].filter((code) => count.get(code) === 1).slice(0, COUNT);

const FIELDS = 'contractCode name property { address box { name } }';
const plain = JSON.stringify({
  query: `query($contractCodes: [ID!]!) { clients(contractCodes: $contractCodes) { ${FIELDS} } }`,
  variables: { contractCodes },
});
const entities = JSON.stringify({
  query: `query($refs: [_Any!]!) { _entities(representations: $refs) { ... on Client { ${FIELDS} } } }`,
  variables: { refs: contractCodes.map((contractCode) => ({ __typename: 'Client', contractCode })) },
});
interface Shown {
  contractCode: string;
  name: string | null;
  property: { address: string | null; box: { name: string } | null } | null;
}
const parts = (rows: (Shown | null)[]) =>
  rows.map((row, at) =>
    [contractCodes[at], row?.name, row?.property?.address, row?.property?.box?.name].map((x) => x ?? null),
  );
const read: Record<string, (text: string) => unknown[][]> = {
  plain: (text) => parts(JSON.parse(text).data.clients),
  entities: (text) => parts(JSON.parse(text).data._entities),
  sdk: (text) => JSON.parse(text),
};

const env = { OZMAP_URL: ozmap.url, OZMAP_TOKEN: 'demo' };
const ours = await start('contestant.ts', 'ours', env);
const ways: [name: string, contestant: Contestant, body: string, reads: keyof typeof read][] = [
  ['ours, clients(contractCodes)', ours, plain, 'plain'],
  ['ours, _entities', ours, entities, 'entities'],
];
for (const way of ['hand-written filters', '8 at once', 'code by code'])
  ways.push([`SDK, ${way}`, await start('contestant.ts', `SDK, ${way}`, env), plain, 'sdk']);

const took = new Map<string, number[]>();
const cpu = new Map<string, number[]>();
const seen = new Map<string, { requests: number; same: number }>();
let answer: unknown[][] = [];
for (let round = -2; round < ROUNDS; round += 1) {
  for (const [name, contestant, body, reads] of ways) {
    // It takes half a minute: one round must do.
    if (name.endsWith('code by code') && round !== 0) continue;
    const before = (await ozmap.used()).requests ?? 0;
    const { cpuMs } = await contestant.used();
    const startedAt = performance.now();
    const text = await ask(contestant.url, body);
    const ms = performance.now() - startedAt;
    const usedMs = (await contestant.used()).cpuMs - cpuMs;
    const rows = read[reads]?.(text) ?? [];
    if (name === ways[0]?.[0]) answer = rows;
    const same = rows.filter((row, at) => JSON.stringify(row) === JSON.stringify(answer[at])).length;
    seen.set(name, { requests: ((await ozmap.used()).requests ?? 0) - before, same });
    if (round < 0) continue;
    took.set(name, [...(took.get(name) ?? []), ms]);
    cpu.set(name, [...(cpu.get(name) ?? []), usedMs]);
  }
}

const base = took.get('ours, clients(contractCodes)') ?? [];
const filters = ratios(base, took.get('SDK, hand-written filters') ?? []);
const toPlain = ratios(took.get('ours, _entities') ?? [], base);
const goals: Record<string, { goal: string; met: boolean }> = {
  'ours, clients(contractCodes)': {
    goal: '≤ 5 requests, ≤ 1.0 of the time of hand-written filters',
    met: (seen.get('ours, clients(contractCodes)')?.requests ?? 99) <= 5 && filters.median <= 1,
  },
  'ours, _entities': { goal: '≤ 1.3 of the plain query', met: toPlain.median <= 1.3 },
};
const rows: Row[] = ways.map(([name]) => {
  const ms = took.get(name) ?? [];
  return {
    name,
    ratios: { 'time to ours': ratios(ms, base.slice(0, ms.length)) },
    measures: {
      ms: spread(ms),
      'CPU ms': spread(cpu.get(name) ?? []),
      requests: seen.get(name)?.requests ?? 0,
      'same rows': seen.get(name)?.same ?? 0,
    },
    ...goals[name],
  };
});
finish({ title: `${COUNT} contracts at ${DELAY_MS} ms an answer`, rows }, markdown);
for (const [, contestant] of ways) contestant.stop();
ozmap.stop();
