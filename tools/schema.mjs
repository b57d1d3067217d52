// Prints the schema into schema/subgraph.graphql, and with scopes, for routers that enforce them, into schema/subgraph.scopes.graphql.
// With --check: compares both with the code, and the first with schema/released.graphql, the last release's, for what breaks. With --release:
// makes it the released one. Needs a build (dist/).
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { buildSubgraph } from '../dist/graph/schema.js';
import { breakingChanges, unannounced } from './schema-changes.mjs';

const FILE = 'schema/subgraph.graphql';
const RELEASED = 'schema/released.graphql';
const { sdl, scopedSdl } = await buildSubgraph();
const printed = { [FILE]: sdl, 'schema/subgraph.scopes.graphql': scopedSdl };
if (process.argv.includes('--check')) check();
else for (const [file, text] of Object.entries(printed)) writeFileSync(file, text);
if (process.argv.includes('--release')) copyFileSync(FILE, RELEASED);

function check() {
  for (const [file, text] of Object.entries(printed)) {
    const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (current !== text) fail(`${file} is not what the code prints: run npm run schema:print`);
  }
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
