// Prints the schema into schema/subgraph.graphql; with --check only compares. Needs a build (dist/).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import 'reflect-metadata';
import { buildSubgraph } from '../dist/graph/schema.js';

const FILE = 'schema/subgraph.graphql';
const { sdl } = await buildSubgraph();
const current = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
if (!process.argv.includes('--check')) writeFileSync(FILE, sdl);
else if (current !== sdl) {
  process.stderr.write(`${FILE} is not what the code prints: run npm run schema:print\n`);
  process.exit(1);
}
