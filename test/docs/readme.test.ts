import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRecipe } from '../support/run-recipe.js';
import { startTestSubgraph, type TestSubgraph } from '../support/start-subgraph.js';

const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const block = (language: string, page = README) =>
  new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? '';
const pages = ['README.md', 'LEIAME.md', 'CONTRIBUTING.md', ...markdownUnder('docs')];

function markdownUnder(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
}

describe('The README', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await startTestSubgraph();
  });
  afterAll(() => subgraph.stop());

  it('shows the answer that its query gets', async () => {
    const { data, errors } = await subgraph.query(block('graphql'));
    expect(errors).toEqual([]);
    expect(JSON.parse(block('json'))).toEqual({ data });
  });

  it('shows the same in Portuguese', () => {
    const portuguese = readFileSync(join(ROOT, 'LEIAME.md'), 'utf8');
    for (const language of ['bash', 'graphql', 'json']) expect(block(language, portuguese)).toBe(block(language));
  });

  it.each(['README.md', 'LEIAME.md'])(
    '%s has five lines for CNT: asked, sold on the map, declared, read',
    async (page) => {
      const [, lines = ''] = /```bash\n(API=[\s\S]*?)```/.exec(readFileSync(join(ROOT, page), 'utf8')) ?? [];
      const [api = '', asking = '', linking = '', declaring = '', reading = ''] = lines.trim().split('\n');
      const say = async (line: string) => {
        const script = `${api.replace('http://127.0.0.1:14000/integrations/cnt', subgraph.url)}\n${line}`;
        return JSON.parse((await promisify(execFile)('bash', ['-euc', script])).stdout) as Record<string, unknown>;
      };
      const place = await say(asking);
      expect([place.viable, await say(linking)]).toEqual([true, expect.objectContaining({ url: expect.any(String) })]);
      const [box] = place.boxes as { id: string; name: string }[];
      // As the seller does on the map.
      const location = { lat: place.locationLat, lng: place.locationLng };
      const reserve = 'mutation ($input: ReservePortInput!) { reservePort(input: $input) { problem { code } } }';
      const input = { contractCode: '900001', boxId: box?.id, location };
      expect((await subgraph.query(reserve, { input })).data).toEqual({ reservePort: { problem: null } });
      expect(await say(declaring)).toMatchObject({ state: 'ACTIVE', carriedOut: ['client.activate'] });
      expect(await say(reading)).toMatchObject({ state: 'ACTIVE', boxName: box?.name, port: expect.any(Number) });
      await subgraph.query(
        'mutation { cancelClient(input: { contractCode: "900001", disconnectDrop: true }) { problem { code } } }',
      );
    },
  );

  it('leads on to a sale with curl that can be pasted block by block', async () => {
    const said = await runRecipe(join(ROOT, 'docs/recipes/try-it-with-curl.md'), subgraph.url);
    expect(said.map((line) => JSON.parse(line).data)).toMatchObject([
      { viability: { verdict: 'VIABLE' } },
      { reservePort: { reservation: { connection: { port: expect.any(Number) } }, problem: null } },
      { activateClient: { client: { status: 'ACTIVE' }, problem: null } },
      { cancelClient: { property: { observation: expect.stringContaining('[CNT 900001]') }, problem: null } },
      { reservePort: { problem: null } },
      { withdrawReservation: { problem: null } },
    ]);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const named = pages.flatMap((page) =>
      [...readFileSync(join(ROOT, page), 'utf8').matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => name && !(name in scripts))).toEqual([]);
  });
});

describe('The pages of docs/', () => {
  it('point only at files that are there', () => {
    const missing = pages.flatMap((page) => {
      const text = readFileSync(join(ROOT, page), 'utf8');
      const paths = [...text.matchAll(/`((?:src|docs|test|schema|bench|tools|examples)\/[\w./*-]+?)`/g)].map(
        ([, path = '']) => path,
      );
      return paths.filter((path) => !path.includes('*') && !exists(path, page)).map((path) => `${page} names ${path}`);
    });
    expect(missing).toEqual([]);
  });

  it('give every decision a way to check it', () => {
    const decisions = markdownUnder('docs/adr').filter((page) => !page.endsWith('README.md'));
    expect(decisions.length).toBeGreaterThan(3);
    for (const page of decisions)
      expect(readFileSync(join(ROOT, page), 'utf8'), page).toMatch(/\*\*How it is checked\*\*: \S/);
  });

  it('list every decision by its title', () => {
    const index = readFileSync(join(ROOT, 'docs/adr/README.md'), 'utf8');
    const listed = [...index.matchAll(/^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$/gm)].map(
      ([, number, file, title]) => `${file}: # ADR ${number}: ${title}`,
    );
    const written = readdirSync(join(ROOT, 'docs/adr'))
      .filter((file) => /^\d/.test(file) && !file.startsWith('0000'))
      .map((file) => `${file}: ${readFileSync(join(ROOT, 'docs/adr', file), 'utf8').split('\n', 1)[0]}`);
    expect(listed).toEqual(written.sort());
  });
});

/** From the root, or beside the page; a folder counts. */
function exists(path: string, page: string): boolean {
  return [join(ROOT, path), join(ROOT, dirname(page), path)].some((candidate) => {
    try {
      readdirSync(candidate);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
    }
  });
}
