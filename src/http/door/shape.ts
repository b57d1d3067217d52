import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../document-size.js';

/** One field of a flat answer: where it stands in GraphQL's data, and what it is. */
export interface Leaf {
  key: string;
  path: readonly string[];
  type: GraphQLOutputType;
  /** False where it, or an object above it, may be null. */
  certain: boolean;
  description: string;
  /** Of a list of objects: the fields of each, flat as well. */
  items: readonly Leaf[] | null;
}

/** An operation as a route needs it. */
export interface Shape {
  operation: OperationDefinitionNode;
  /** The one root field: `viability`, `reservePort`. */
  root: GraphQLField<unknown, unknown>;
  leaves: readonly Leaf[];
}

interface Scope {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  lifted: ReadonlySet<string>;
}

interface Place {
  prefix: string;
  path: readonly string[];
  certain: boolean;
}

/** What a refusal is made of: no part of an answer. */
const PROBLEM = 'problem';

/**
 * What an operation answers, flat: the fields of a nested object carry its name in front (`box { id }` is `boxId`), except those of an object
 * whose name is in `lift`; lists stay lists. Errors: two fields of one name.
 */
export function shapeOf(schema: GraphQLSchema, document: string, lift: readonly string[]): Shape {
  const parsed = parse(document);
  const operation = getOperationAST(parsed);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) throw new TypeError('not one operation');
  const scope = { schema, fragments: fragmentsOf(parsed), lifted: new Set(lift) };
  const [[, field] = []] = fieldsOf(scope, root, [operation.selectionSet]);
  if (!field) throw new TypeError('an operation without a field');
  const answered = getNamedType(field.def.type) as GraphQLObjectType;
  const isCommand = operation.operation === 'mutation';
  const leaves = leavesOf(scope, answered, field.sets, { prefix: '', path: [], certain: true });
  return { operation, root: field.def, leaves: leaves.filter(({ path }) => !isCommand || path[0] !== PROBLEM) };
}

/** The flat answer to what GraphQL answered for the root field. Every field is there, as null where there is nothing. */
export function flat(data: unknown, leaves: readonly Leaf[]): Record<string, unknown> {
  return Object.fromEntries(
    leaves.map(({ key, path, items }) => {
      const value = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name] ?? null, data);
      return [key, items && Array.isArray(value) ? value.map((item) => flat(item, items)) : value];
    }),
  );
}

function leavesOf(
  scope: Scope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
  { prefix, path, certain }: Place,
): Leaf[] {
  const leaves = [...fieldsOf(scope, type, sets)].flatMap(([name, field]): Leaf[] => {
    const named = getNamedType(field.def.type);
    const place = {
      path: [...path, name],
      certain: certain && isNonNullType(field.def.type),
    };
    if (isObjectType(named) && !isListType(getNullableType(field.def.type))) {
      return leavesOf(scope, named, field.sets, { ...place, prefix: scope.lifted.has(name) ? '' : name });
    }
    const items = isObjectType(named)
      ? leavesOf(scope, named, field.sets, { prefix: '', path: [], certain: true })
      : null;
    const { type: answered, description } = field.def;
    return [{ key: joined(prefix, name), ...place, type: answered, description: description ?? '', items }];
  });
  const twice = leaves.find(({ key }, at) => leaves.some((other, before) => before < at && other.key === key));
  if (twice) throw new TypeError(`two fields are called ${twice.key}`);
  return leaves;
}

interface SelectedField {
  def: GraphQLField<unknown, unknown>;
  sets: SelectionSetNode[];
}

/** By the name that each has in the answer; a field that is selected twice is one. */
function fieldsOf(
  scope: Scope,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Map<string, SelectedField> {
  const found = new Map<string, SelectedField>();
  for (const node of sets.flatMap((set) => fieldNodesOf(scope, set))) {
    const def = type.getFields()[node.name.value];
    if (!def) throw new TypeError(`${type.name} has no ${node.name.value}`);
    const name = (node.alias ?? node.name).value;
    const before = found.get(name)?.sets ?? [];
    found.set(name, { def, sets: node.selectionSet ? [...before, node.selectionSet] : before });
  }
  return found;
}

function fieldNodesOf(scope: Scope, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const inner = node.kind === Kind.INLINE_FRAGMENT ? node : scope.fragments.get(node.name.value);
    return inner ? fieldNodesOf(scope, inner.selectionSet) : [];
  });
}

function joined(prefix: string, name: string): string {
  return prefix === '' ? name : prefix + name.charAt(0).toUpperCase() + name.slice(1);
}
