import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** How large an operation is, before anything of it is carried out. */
export interface OperationSize {
  /** Levels of fields; `{ box { name } }` is 2. */
  depth: number;
  /** Objects that it may bring back, by its list sizes. */
  cost: number;
  /** Renamed fields in the whole document. */
  aliases: number;
}

/** A list whose length the schema does not tell. */
const ASSUMED_LIST_SIZE = 10;

type Reach = Pick<OperationSize, 'depth' | 'cost'>;

/**
 * Measures a valid operation. Introspection counts nothing. List sizes come from the schema's own `@listSize`, and from the length of
 * list arguments (`clients(contractCodes:)`). Fragments are measured once each, however often they are spread.
 */
export function sizeOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationSize {
  const fragments = new Map(
    document.definitions
      .filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const root = schema.getRootType(operation.operation);
  const values = { ...defaultsOf(operation), ...variables };
  const reach = root ? new Measure(schema, fragments, values).set(operation.selectionSet, root) : { depth: 0, cost: 0 };
  return { ...reach, aliases: countAliases(document) };
}

class Measure {
  readonly #measured = new Map<string, Reach>();

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Record<string, unknown>,
  ) {}

  set(selections: SelectionSetNode, type: GraphQLNamedType): Reach {
    let depth = 0;
    let cost = 0;
    for (const selection of selections.selections) {
      const reach =
        selection.kind === Kind.FIELD
          ? this.field(selection, type)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.set(selection.selectionSet, this.typeNamed(selection.typeCondition?.name.value) ?? type)
            : this.fragment(selection.name.value);
      depth = Math.max(depth, reach.depth);
      cost += reach.cost;
    }
    return { depth, cost };
  }

  private fragment(name: string): Reach {
    const known = this.#measured.get(name);
    if (known) return known;
    const node = this.fragments.get(name);
    const type = this.typeNamed(node?.typeCondition.name.value);
    const reach = node && type ? this.set(node.selectionSet, type) : { depth: 0, cost: 0 };
    this.#measured.set(name, reach);
    return reach;
  }

  private field(node: FieldNode, parent: GraphQLNamedType): Reach {
    const name = node.name.value;
    if (name.startsWith('__') || name === '_service') return { depth: 0, cost: 0 };
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const type = field && getNamedType(field.type);
    if (!field || !type || !isCompositeType(type) || !node.selectionSet) return { depth: 1, cost: 0 };
    const inside = this.set(node.selectionSet, type);
    return { depth: 1 + inside.depth, cost: this.lengthOf(field, node) * (1 + inside.cost) };
  }

  private lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number {
    if (!isListType(getNullableType(field.type))) return 1;
    const listSize = field.astNode?.directives?.find((directive) => directive.name.value === 'listSize');
    const told = new Map(listSize?.arguments?.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
    const sliced = told.get('slicingArguments');
    for (const argument of field.args) {
      const given = node.arguments?.find(({ name }) => name.value === argument.name);
      const value = given
        ? (valueFromASTUntyped(given.value, this.variables) ?? argument.defaultValue)
        : argument.defaultValue;
      if (Array.isArray(sliced) && sliced.includes(argument.name)) return Math.max(0, Number(value) || 0);
      if (isListType(getNullableType(argument.type))) return Array.isArray(value) ? value.length : 1;
    }
    return Number(told.get('assumedSize')) || ASSUMED_LIST_SIZE;
  }

  private typeNamed(name: string | undefined): GraphQLNamedType | undefined {
    return name === undefined ? undefined : this.schema.getType(name);
  }
}

function defaultsOf(operation: OperationDefinitionNode): Record<string, unknown> {
  const defined = operation.variableDefinitions ?? [];
  return Object.fromEntries(
    defined.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function countAliases(document: DocumentNode): number {
  let aliases = 0;
  visit(document, {
    Field: (node) => {
      if (node.alias) aliases += 1;
    },
  });
  return aliases;
}
