/*
 * How long the second start of the built service takes, the first having filled its data folder, what memory it has at rest and under load, and
 * whether it grows: 100,000 requests with different documents and places, or as many as the first argument says.
 */
import { finish } from './peers/results.js';
import { ask, markdown, round, start } from './peers/rig.js';

const REQUESTS = Number(process.argv[2] ?? 100_000);
const CONNECTIONS = 16;

const first = await start('contestant.ts', 'ours, embedded');
const { dataDir } = first;
first.end();
const startedAt = performance.now();
const ours = await start('contestant.ts', 'ours, embedded', { DATA_DIR: dataDir });
const startMs = performance.now() - startedAt;
const { cpuMs, rssMb: rest } = await ours.used('collected');
const document = (n: number) =>
  JSON.stringify({
    query: `query Varied${n % 500} { viability(input: { location: { lat: ${-19.93 + (n % 997) * 1e-5}, lng: -44.05 } }) { verdict boxes { distanceM box { name status } } } }`,
  });
const heap: number[] = [];
let rss = 0;
for (let part = 0; part < 4; part += 1) {
  const bodies = Array.from({ length: REQUESTS / 4 }, (_, n) => document(part * 7 + n));
  await round(ours, bodies, CONNECTIONS, () => {});
  const used = await ours.used('collected');
  heap.push(used.heapMb);
  rss = used.rssMb;
}
await ask(ours.url, document(0));
const grown = (heap.at(-1) ?? 0) / (heap[1] ?? 1);
const rows = [
  {
    name: 'second start',
    ratios: {},
    measures: { ms: startMs, 'CPU ms': cpuMs },
    goal: '≤ 3,000 ms',
    met: startMs <= 3_000,
  },
  { name: 'at rest', ratios: {}, measures: { 'RSS MB': rest } },
  {
    name: `after ${REQUESTS.toLocaleString('en')} varied requests`,
    ratios: {},
    measures: { 'RSS MB': rss, 'heap MB': heap.at(-1) ?? 0 },
  },
  {
    name: 'heap after all, to that after half',
    ratios: {},
    measures: { ratio: grown },
    goal: '≤ 1.1',
    met: grown <= 1.1,
  },
];
finish({ title: 'Start and memory, embedded', rows }, markdown);
ours.stop();
first.stop();
