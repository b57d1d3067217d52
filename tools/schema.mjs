// Prints the schema into schema/subgraph.graphql. With --check: compares that file with the code, and with schema/released.graphql, the
// last release's, for what breaks. With --release: makes it the released one. Needs a build (dist/).
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { buildSubgraph } from '../dist/graph/schema.js';
import { breakingChanges, unannounced } from './schema-changes.mjs';

const FILE = 'schema/subgraph.graphql';
const RELEASED = 'schema/released.graphql';
const { sdl } = await buildSubgraph();
const current = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
if (process.argv.includes('--check')) check();
else writeFileSync(FILE, sdl);
if (process.argv.includes('--release')) copyFileSync(FILE, RELEASED);

function check() {
  if (current !== sdl) fail(`${FILE} is not what the code prints: run npm run schema:print`);
  const changes = breakingChanges(readFileSync(RELEASED, 'utf8'), sdl);
  const unsaid = unannounced(changes, readFileSync('CHANGELOG.md', 'utf8'));
  if (unsaid.length === 0) return;
  const lines = unsaid.map(({ name, description }) => `  \`${name}\`: ${description}`);
  fail(
    `Against ${RELEASED}, these break callers or compositions:\n${lines.join('\n')}\n` +
      'Keep them, or name each under "### Breaking" of the newest version in CHANGELOG.md.',
  );
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
