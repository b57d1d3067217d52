// Generates src/generated as codegen.yml says, and from it the manifest of persisted operations; with --check generates in
// memory and compares; `npm run types` compiles it.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { generate, loadCodegenConfig } from '@graphql-codegen/cli';
import { getOperationAST, parse } from 'graphql';

const check = process.argv.includes('--check');
const { config } = await loadCodegenConfig({ configFilePath: 'codegen.yml' });
const files = await generate({ ...config, silent: true }, !check);
const manifest = { filename: 'schema/persisted-operations.json', content: await manifestOf(files) };
files.push(manifest);
if (!check) writeFileSync(manifest.filename, manifest.content);
if (check) {
  const stale = files.filter(({ filename, content }) => !matches(filename, content)).map(({ filename }) => filename);
  if (stale.length > 0) fail(`${stale.join(', ')}: not what the operations give; run npm run codegen`);
}

/** As Apollo's clients and routers read it. The texts are those that the pages send, letter by letter. */
async function manifestOf(generated) {
  const documents = (await Promise.all(generated.map(({ content }) => documentsOf(content)))).flat();
  const operations = documents.flatMap(([name, document]) => {
    const body = String(document);
    const operation = name.endsWith('Document') && getOperationAST(parse(body));
    if (!operation) return [];
    const id = createHash('sha256').update(body).digest('hex');
    return { id, name: operation.name.value, type: operation.operation, body };
  });
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
}

async function documentsOf(typescript) {
  const code = stripTypeScriptTypes(typescript, { mode: 'transform' });
  return Object.entries(await import(`data:text/javascript,${encodeURIComponent(code)}`));
}

function matches(filename, content) {
  try {
    return readFileSync(filename, 'utf8') === content;
  } catch {
    return false;
  }
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
