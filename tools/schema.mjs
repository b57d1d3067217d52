// Prints the schema into schema/subgraph.graphql, with scopes, for routers that enforce them, into schema/subgraph.scopes.graphql, and requests of
// every route and operation into examples/collections. With --check: compares all with the code, and the first with schema/released.graphql, the
// last release's, for what breaks. With --release: makes it the released one. Needs a build (dist/).
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import 'reflect-metadata';
import { buildSubgraph } from '../dist/graph/schema.js';
import { describedRoutes, openApiOf } from '../dist/http/door/openapi.js';
import { COLLECTIONS, collectionsOf, filesUnder } from './collections.mjs';
import { breakingChanges, unannounced } from './schema-changes.mjs';

const FILE = 'schema/subgraph.graphql';
const RELEASED = 'schema/released.graphql';
const { schema, sdl, scopedSdl } = await buildSubgraph();
const { operations } = JSON.parse(readFileSync('schema/persisted-operations.json', 'utf8'));
const collections = collectionsOf(openApiOf(schema, '', describedRoutes(schema)), operations);
const printed = { [FILE]: sdl, 'schema/subgraph.scopes.graphql': scopedSdl, ...collections };
if (process.argv.includes('--check')) check();
else print();
if (process.argv.includes('--release')) copyFileSync(FILE, RELEASED);

function print() {
  rmSync(COLLECTIONS, { recursive: true, force: true });
  for (const [file, text] of Object.entries(printed)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function check() {
  const odd = filesUnder(COLLECTIONS).filter((file) => !(file in printed));
  if (odd.length > 0) fail(`${odd.join(', ')}: no longer printed: run npm run schema:print`);
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
