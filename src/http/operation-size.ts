import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { countAliases, defaultsOf, fragmentsOf } from './document-size.js';

/** How large an operation is, before anything of it is carried out. */
export interface OperationSize {
  /** Levels of fields; `{ box { name } }` is 2. */
  depth: number;
  /** Objects that it may bring back, by its list sizes; a value under another name counts as one: it can be asked for under many. */
  cost: number;
  /** Renamed fields in the whole document. */
  aliases: number;
  /** Parts of the schema that introspection may bring back; the usual query of tools is about 30,000. */
  introspection: number;
  /** References that a router asks for. */
  representations: number;
}

/** A list whose length the schema does not tell. */
const ASSUMED_LIST_SIZE = 10;

/** What one more of the same reference counts. */
const REPEATED = 0.1;

/** Fields of which each object is a call to OZmap of its own, and costs as much as one does when it is made. */
const CALLS: Readonly<Record<string, number>> = { 'Query.viability': 100, 'Query.viabilities': 100 };

/** Lists of introspection, as long as they are in a schema like ours; `types` are counted. */
const INTROSPECTION_LISTS: Readonly<Record<string, number>> = {
  directives: 20,
  fields: 8,
  inputFields: 6,
  enumValues: 6,
  args: 1.5,
  interfaces: 0.5,
  possibleTypes: 0.5,
};
/** The schema's text is about as much to send as so many of its parts. */
const SCHEMA_TEXT = 10_000;

type Reach = Omit<OperationSize, 'aliases'>;

const NOTHING: Reach = { depth: 0, cost: 0, introspection: 0, representations: 0 };

/** Of operations whose lists are as long whatever their variables hold; documents that come again are the same object. */
const known = new WeakMap<OperationDefinitionNode, OperationSize>();

/**
 * Measures a valid operation. Introspection counts towards a measure of its own only. List sizes come from the schema's own `@listSize`, and from the length of
 * list arguments (`clients(contractCodes:)`). Fragments are measured once each, however often they are spread.
 */
export function sizeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationSize {
  const before = known.get(operation);
  if (before) return before;
  const root = schema.getRootType(operation.operation);
  const measure = new Measure(schema, fragmentsOf(document), { ...defaultsOf(operation), ...variables });
  const reach = root ? measure.set(operation.selectionSet, root) : NOTHING;
  const size = { ...reach, aliases: countAliases(document) };
  if (!measure.goesByVariables) known.set(operation, size);
  return size;
}

class Measure {
  /** True once a list turned out to be as long as a variable says. */
  goesByVariables = false;
  readonly #measured = new Map<string, Reach>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Record<string, unknown>,
  ) {}

  set(selections: SelectionSetNode, type: GraphQLNamedType): Reach {
    const sum = { ...NOTHING };
    for (const selection of selections.selections) {
      const reach =
        selection.kind === Kind.FIELD
          ? this.field(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.set(selection.selectionSet, this.typeNamed(selection.typeCondition?.name.value) ?? type)
            : this.fragment(selection.name.value);
      sum.depth = Math.max(sum.depth, reach.depth);
      sum.cost += reach.cost;
      sum.introspection += reach.introspection;
      sum.representations += reach.representations;
    }
    return sum;
  }

  private fragment(name: string): Reach {
    const known = this.#measured.get(name);
    if (known) return known;
    const node = this.fragments.get(name);
    const type = this.typeNamed(node?.typeCondition.name.value);
    const reach = node && type ? this.set(node.selectionSet, type) : NOTHING;
    this.#measured.set(name, reach);
    return reach;
  }

  private field(node: FieldNode, parent: GraphQLNamedType): Reach {
    const name = node.name.value;
    if (name === '_service') return { ...NOTHING, introspection: SCHEMA_TEXT };
    if (name === '__typename') return NOTHING;
    if (name.startsWith('__') || isIntrospectionType(parent)) return this.introspection(node, parent);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = field && getNamedType(field.type);
    if (!field || !type || !isCompositeType(type) || !node.selectionSet)
      return { ...NOTHING, depth: 1, cost: node.alias ? 1 : 0 };
    const inside = this.set(node.selectionSet, type);
    const length = this.lengthOf(field, node);
    return {
      ...inside,
      depth: 1 + inside.depth,
      cost: length * ((CALLS[`${parent.name}.${name}`] ?? 1) + inside.cost),
      representations: inside.representations + (name === '_entities' ? length : 0),
    };
  }

  private introspection({ name: { value: name }, selectionSet }: FieldNode, parent: GraphQLNamedType): Reach {
    const type = name.startsWith('__') ? this.typeNamed(name === '__schema' ? '__Schema' : '__Type') : undefined;
    const field = isObjectType(parent) ? parent.getFields()[name] : undefined;
    const inside = type ?? (field && getNamedType(field.type));
    if (!selectionSet || !inside) return NOTHING;
    const length = name === 'types' ? Object.keys(this.schema.getTypeMap()).length : (INTROSPECTION_LISTS[name] ?? 1);
    return { ...NOTHING, introspection: length * (1 + this.set(selectionSet, inside).introspection) };
  }

  private lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    if (!isListType(getNullableType(field.type))) return 1;
    const listSize = field.astNode?.directives?.find((directive) => directive.name.value === 'listSize');
    const told = new Map(listSize?.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
    const sliced = told.get('slicingArguments');
    for (const argument of field.args) {
      const slices = Array.isArray(sliced) && sliced.includes(argument.name);
      if (!slices && !isListType(getNullableType(argument.type))) continue;
      const value = this.valueOf(argument, node);
      return slices ? Math.max(0, Number(value) || 0) : itemsOf(field.name, value);
    }
    return Number(told.get('assumedSize')) || ASSUMED_LIST_SIZE;
  }

  private valueOf({ name, defaultValue }: GraphQLArgument, node: FieldNode): unknown {
    const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (!given) return defaultValue;
    if (given.kind !== Kind.INT) this.goesByVariables = true;
    return valueFromASTUntyped(given, this.variables) ?? defaultValue;
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

function itemsOf(field: string, list: unknown): number {
  if (!Array.isArray(list)) return 1;
  return field === '_entities' ? referencesIn(list) : list.length;
}

/** A reference that is repeated, as some routers do, is looked up once: of what it would cost, only its place in the answer counts. */
function referencesIn(representations: readonly unknown[]): number {
  const distinct = new Set(representations.map(nameOf)).size;
  return distinct + Math.ceil((representations.length - distinct) * REPEATED);
}

/** Text that is the same for the same reference; one with objects in it is like no other. */
function nameOf(representation: unknown): unknown {
  if (typeof representation !== 'object' || representation === null) return representation;
  const fields = Object.entries(representation);
  return fields.some(([, value]) => typeof value === 'object' && value !== null)
    ? representation
    : JSON.stringify(fields);
}
