/*
 * The seller's list of five columns, 32 connections: this service beside other servers that run the same resolvers, and beside a bare proxy.
 * Each is a process of its own, and they take turns in rounds; of each pair of rounds the ratio counts, because a machine is never quiet.
 */

import { finish } from './peers/results.js';
import { ask, type Contestant, markdown, type Round, type Row, ratios, round, spread, start } from './peers/rig.js';

const ROUNDS = 16;
const REQUESTS = 150;
const CONNECTIONS = 32;
const NAMES = [
  'ours',
  'mercurius',
  'mercurius, limits, log and metrics',
  'graphql-yoga',
  'Apollo Server',
  'bare proxy',
];
const DOCUMENT = `query ViabilityList($input: ViabilityInput!) {
  viability(input: $input) { verdict boxes { distanceM freePorts box { name status type { code } } } }
}`;

const ozmap = await start('ozmap.ts', '0');
const env = { OZMAP_URL: ozmap.url, OZMAP_TOKEN: 'demo' };
const contestants = new Map<string, Contestant>();
// An earlier build, to see what a change has brought: BENCH_BEFORE=dist-before.
const before = process.env.BENCH_BEFORE;
if (before) contestants.set('ours before', await start('contestant.ts', 'ours', { ...env, BENCH_DIST: before }));
for (const name of NAMES) contestants.set(name, await start('contestant.ts', name, env));

const boxes = await fetch(`${ozmap.url}/api/v2/boxes?limit=400`, { headers: { authorization: 'demo' } });
const { rows: places } = (await boxes.json()) as { rows: { lat: number; lng: number }[] };
const bodies = places.slice(0, REQUESTS).map(({ lat, lng }) => {
  const input = { location: { lat: lat + 0.0003, lng: lng + 0.0002 } };
  return JSON.stringify({ query: DOCUMENT, operationName: 'ViabilityList', variables: { input } });
});

// The same answers, or nothing is compared.
const answers = new Map<string, string>();
for (const [name, { url }] of contestants) {
  const { data } = JSON.parse(await ask(url, bodies[0] ?? '')) as { data: { viability: { boxes: unknown[] } } };
  if (name !== 'bare proxy') answers.set(name, JSON.stringify(data));
}
if (new Set(answers.values()).size !== 1) throw new Error(`answers differ: ${JSON.stringify([...answers])}`);
const check = (answer: string): void => {
  if (!answer.startsWith('{"data":{"viability":{')) throw new Error(answer.slice(0, 300));
};

const names = [...contestants.keys()];
const rounds = new Map<string, Round[]>(names.map((name) => [name, []]));
for (let number = -3; number < ROUNDS; number += 1) {
  // In another order each time: whoever comes first finds the machine as the last round left it.
  const order = names.map((_, at) => names[(at + number + 3) % names.length] ?? '');
  for (const name of order) {
    const contestant = contestants.get(name);
    if (!contestant) continue;
    const one = await round(contestant, bodies, CONNECTIONS, check);
    // The first rounds compile.
    if (number >= 0) rounds.get(name)?.push(one);
  }
}

const of = (name: string, measure: keyof Round): number[] => (rounds.get(name) ?? []).map((one) => one[measure]);
const rows: Row[] = [];
for (const [name, contestant] of contestants) {
  const throughput = ratios(of(name, 'perSecond'), of('mercurius', 'perSecond'));
  const cpu = ratios(of(name, 'cpuMs'), of('mercurius', 'cpuMs'));
  const toProxy = ratios(of(name, 'cpuMs'), of('bare proxy', 'cpuMs'));
  const row: Row = {
    name,
    ratios: { 'throughput to mercurius': throughput, 'CPU to mercurius': cpu, 'CPU to proxy': toProxy },
    measures: {
      'requests/s': spread(of(name, 'perSecond')),
      'CPU ms': spread(of(name, 'cpuMs')),
      'p50 ms': spread(of(name, 'p50Ms')),
      'p99 ms': spread(of(name, 'p99Ms')),
      'RSS MB': (await contestant.used()).rssMb,
    },
  };
  if (name === 'ours') {
    row.goal = 'throughput ≥ 1.0 of mercurius, CPU ≤ 1.6 of the proxy';
    row.met = throughput.median >= 1 && toProxy.median <= 1.6;
  }
  rows.push(row);
}
finish({ title: 'Viability list beside peers', rows }, markdown);
for (const contestant of [...contestants.values(), ozmap]) contestant.stop();
