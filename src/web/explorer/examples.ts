import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, visit } from 'graphql';
import { type Demo, variablesFor } from './variables.js';

/** One operation of schema/operations, as the editor takes it. */
export interface Example {
  name: string;
  kind: 'query' | 'mutation';
  /** With the fragments that it uses. */
  query: string;
  variables: string;
}

/** The operations of one file. */
export interface ExampleGroup {
  name: string;
  examples: Example[];
}

const FILES = import.meta.glob<string>('../../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});

interface Source<Node> {
  node: Node;
  text: string;
}

/** In the order in which a sale goes; what our own pages and our door in plain HTTP ask comes behind it. */
const ORDER = ['viability', 'reservation', 'client', 'network', 'ozloc', 'ozloc-commands', 'logs', 'door'];

/** Every operation of schema/operations, by file, with values of the demo where there is one. */
export function exampleGroups(demo: Demo | null): ExampleGroup[] {
  const files = Object.entries(FILES).map(([path, text]) => ({ name: titleOf(path), ...definitionsOf(text) }));
  const fragments = new Map(files.flatMap(({ fragments }) => fragments.map((each) => [each.node.name.value, each])));
  return files
    .filter(({ operations }) => operations.length > 0)
    .sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name))
    .map(({ name, operations }) => ({
      name,
      examples: operations.map((operation) => exampleOf(operation, fragments, demo)),
    }));
}

function exampleOf(
  { node, text }: Source<OperationDefinitionNode>,
  fragments: ReadonlyMap<string, Source<FragmentDefinitionNode>>,
  demo: Demo | null,
): Example {
  const name = node.name?.value ?? '';
  const used = usedBy(node, fragments).map((fragment) => fragment.text);
  return {
    name,
    kind: node.operation === 'mutation' ? 'mutation' : 'query',
    query: `${[text, ...used].join('\n\n')}\n`,
    variables: `${JSON.stringify(variablesFor(name, demo), null, 2)}\n`,
  };
}

function definitionsOf(text: string) {
  const operations: Source<OperationDefinitionNode>[] = [];
  const fragments: Source<FragmentDefinitionNode>[] = [];
  for (const node of parse(text).definitions) {
    const source = text.slice(node.loc?.start, node.loc?.end);
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push({ node, text: source });
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.push({ node, text: source });
  }
  return { operations, fragments };
}

/** Fragments that a definition spreads, and those that they spread, each once. */
function usedBy(
  root: OperationDefinitionNode,
  fragments: ReadonlyMap<string, Source<FragmentDefinitionNode>>,
): Source<FragmentDefinitionNode>[] {
  const used = new Map<string, Source<FragmentDefinitionNode>>();
  const walk = (node: OperationDefinitionNode | FragmentDefinitionNode) => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(name.value)) return;
        used.set(name.value, fragment);
        walk(fragment.node);
      },
    });
  };
  walk(root);
  return [...used.values()];
}

/** `../../../schema/operations/viability.graphql` is `viability`. */
function titleOf(path: string): string {
  return path.replace(/^.*\/|\.graphql$/g, '');
}
