import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { distanceM } from '../../src/domain/geo.js';
import { faultRequest } from '../../src/emulator/faults/faults.js';
import { OPERATORS } from '../../src/emulator/query/filter.js';
import { resources, routes } from '../../src/emulator/routes/routes.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const document = readFileSync(`${root}/docs/emulator.md`, 'utf8');

/** The cells of the table under a header line, row by row, without backticks. */
function table(header: string): string[][] {
  const lines = document.split('\n');
  const start = lines.indexOf(header);
  expect(start, header).toBeGreaterThan(-1);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end === -1 ? undefined : end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

describe('What docs/emulator.md says to try', () => {
  it('is so after a first start', async () => {
    const subgraph = await startTestSubgraph();
    onTestFinished(() => subgraph.stop());
    const verdictOf = async ([address = '']: string[]) => {
      const { data } = await subgraph.query<{ viability: { verdict: string } }, object>(
        'query ($address: String!) { viability(input: { address: $address }) { verdict } }',
        { address },
      );
      return [address, data?.viability.verdict];
    };
    const statusOf = async ([contractCode = '']: string[]) => {
      const { data } = await subgraph.query<{ client: { status: string } }, object>(
        'query ($contractCode: ID!) { client(contractCode: $contractCode) { status } }',
        { contractCode },
      );
      return [contractCode, data?.client.status];
    };
    const addresses = table('| address or position | answer | what it shows |');
    const contracts = table('| contract | status | what it shows |');
    const said = [...addresses, ...contracts].map((row) => row.slice(0, 2));
    expect([...(await Promise.all(addresses.map(verdictOf))), ...(await Promise.all(contracts.map(statusOf)))]).toEqual(
      said,
    );
  });
});

/** What of the plant somebody meets who asks for these places. */
async function metAt(places: readonly string[], { query, emulator }: TestSubgraph): Promise<Set<string>> {
  const leads = await emulator.all<{ lat: number; lng: number }>('prospects');
  const met = new Set<string>();
  for (const address of places) {
    const { data } = await query<{ viability: Seen }, object>(
      `query ($address: String!) {
        viability(input: { address: $address }) {
          verdict
          reasons
          location { lat lng }
          refusedBoxes { reasons { code } }
          buildings { distanceM }
          condominiums { distanceM }
        }
      }`,
      { address },
    );
    const seen = data?.viability;
    met.add(seen?.verdict ?? '');
    for (const reason of seen?.reasons ?? []) met.add(reason);
    if (!seen?.location) continue;
    const { location, refusedBoxes, buildings, condominiums } = seen;
    for (const { reasons } of refusedBoxes) for (const { code } of reasons) met.add(code);
    if (buildings.some(({ distanceM }) => distanceM < 30)) met.add('building');
    if (condominiums.some(({ distanceM }) => distanceM === 0)) met.add('gated community');
    if (leads.some((lead) => distanceM(lead, location) < 60)) met.add('lead');
    const boxes = await query<{ boxes: { box: { status: string } }[] }, object>(
      'query ($near: MapPointInput!) { boxes(near: $near, radiusM: 100) { box { status } } }',
      { near: location },
    );
    for (const { box } of boxes.data?.boxes ?? []) met.add(box.status);
  }
  return met;
}

interface Seen {
  verdict: string;
  reasons: string[];
  location: { lat: number; lng: number } | null;
  refusedBoxes: { reasons: { code: string }[] }[];
  buildings: { distanceM: number }[];
  condominiums: { distanceM: number }[];
}

describe('A newcomer', () => {
  it('meets full boxes, boxes in project, leads, a building and a gated community within ten tries, most of them printed', async () => {
    const subgraph = await startTestSubgraph();
    onTestFinished(() => subgraph.stop());
    const tries = table('| address or position | answer | what it shows |').map(([place = '']) => place);
    expect(tries.length).toBeLessThanOrEqual(10);
    const met = await metAt(tries, subgraph);
    const all = [
      'VIABLE',
      'NOT_VIABLE',
      'ADDRESS_AMBIGUOUS',
      'NO_BOX_IN_RANGE',
      'NO_FREE_PORT',
      'DRAFT',
      'lead',
      'building',
    ];
    expect([...met]).toEqual(expect.arrayContaining([...all, 'gated community']));
    const printed = readFileSync(`${root}/src/app/words.ts`, 'utf8');
    const told = await metAt(
      tries.filter((place) => printed.includes(place)),
      subgraph,
    );
    expect([...told]).toEqual(expect.arrayContaining(all));
  });
});

describe('docs/emulator.md', () => {
  it('lists the emulated routes, all of them and no other', () => {
    const special = table('| route | answers |').map(([route = '']) => route);
    const ofCollections = table('| collection | list | create | change | delete | batch |').flatMap(
      ([route = '', list, create, change, remove, batch]) => [
        ...(list ? [`GET ${route}`, `GET ${route}/:id`] : []),
        ...(create ? [`POST ${route}`] : []),
        ...(change ? [`PATCH ${route}/:id`] : []),
        ...(remove ? [`DELETE ${route}/:id`] : []),
        ...(batch ? [`POST ${route}/batch-update`] : []),
      ],
    );
    const emulated = routes.map(({ method, path }) => `${method} ${path}`);
    expect([...special, ...ofCollections].sort()).toEqual(emulated.sort());
  });

  it('names the fields that batch-update may set', () => {
    for (const [route, , , , , batch = ''] of table('| collection | list | create | change | delete | batch |')) {
      const fields = resources.find((resource) => resource.route === route)?.batchFields ?? [];
      expect(batch, route).toBe(fields.join(', '));
    }
  });

  it('lists the operators of filters', () => {
    expect(
      table('| operator | value |')
        .map(([operator]) => operator)
        .sort(),
    ).toEqual([...OPERATORS].sort());
  });

  it('lists the faults', () => {
    const known = faultRequest.shape.fault.options;
    expect(table('| fault | what the caller meets | what happens to the plant |').map(([name]) => name)).toEqual(known);
  });

  it('lists what is inferred where it stands, and every file that infers', () => {
    const inferring = readdirSync(`${root}/src/emulator`, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && /inferred/i.test(readFileSync(`${root}/src/emulator/${file}`, 'utf8')),
    );
    const sections = document.split('## Inferred: ').slice(1).join('\n');
    const listed = [...sections.matchAll(/`([a-z/-]+\.ts)`/g)].map(([, file]) => file);
    expect([...new Set(listed)].sort()).toEqual(inferring.sort());
  });
});
