import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { faultRequest } from '../../src/emulator/faults/faults.js';
import { OPERATORS } from '../../src/emulator/query/filter.js';
import { resources, routes } from '../../src/emulator/routes/routes.js';
import { startTestSubgraph } from '../support/start-subgraph.js';

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

  it('lists each guess where it stands, and every file that guesses', () => {
    const guessing = readdirSync(`${root}/src/emulator`, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && /guess/i.test(readFileSync(`${root}/src/emulator/${file}`, 'utf8')),
    );
    const sections = document.split('## Guesses: ').slice(1).join('\n');
    const listed = [...sections.matchAll(/`([a-z/-]+\.ts)`/g)].map(([, file]) => file);
    expect([...new Set(listed)].sort()).toEqual(guessing.sort());
  });
});
