// Prints schema/subgraph.graphql without the types that are named, and without every field that leads to one of them.
import { readFileSync } from 'node:fs';
import { Kind, parse, print, visit } from 'graphql';

/** A type that has no fields left goes as well. */
export function schemaWithout(sdl, names) {
  const gone = new Set(names);
  let document = parse(sdl);
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    document = visit(document, { FieldDefinition: (field) => (leadsTo(field.type, gone) ? null : undefined) });
    for (const node of document.definitions) {
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION && node.fields.length === 0) gone.add(node.name.value);
    }
  }
  const definitions = document.definitions.filter((node) => !gone.has(node.name?.value));
  return `${print({ ...document, definitions })}\n`;
}

function leadsTo(type, names) {
  return type.kind === Kind.NAMED_TYPE ? names.has(type.name.value) : leadsTo(type.type, names);
}

if (process.argv[1]?.endsWith('schema-without.mjs'))
  process.stdout.write(schemaWithout(readFileSync('schema/subgraph.graphql', 'utf8'), process.argv.slice(2)));
