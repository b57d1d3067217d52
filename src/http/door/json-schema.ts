import {
  GraphQLID,
  type GraphQLInputType,
  type GraphQLNullableType,
  type GraphQLOutputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Leaf } from './shape.js';

export type Json = Record<string, unknown>;

export const text = { type: 'string' };

/** A list where one value would do may be sent as that value; the schema knows the scalars by their names. */
export function inputOf(type: GraphQLInputType, nullable = true): Json {
  if (isNonNullType(type)) return inputOf(type.ofType as GraphQLInputType, false);
  if (isListType(type)) return orNull({ type: 'array', items: inputOf(type.ofType as GraphQLInputType) }, nullable);
  if (isEnumType(type)) return { enum: [...type.getValues().map(({ name }) => name), ...(nullable ? [null] : [])] };
  // A contract's code, or an ERP's number of a state, may come as a number.
  if (type === GraphQLID) return orNull({ type: ['string', 'integer'] }, nullable);
  if (!isInputObjectType(type)) return orNull(scalarOf(type.name), nullable);
  const fields = Object.values(type.getFields());
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  const properties = fields.map((field) => [field.name, { ...inputOf(field.type), description: field.description }]);
  return orNull(
    { type: 'object', required: required.map(({ name }) => name), properties: Object.fromEntries(properties) },
    nullable,
  );
}

/** A flat answer. */
export function objectOf(leaves: readonly Leaf[]): Json {
  return {
    type: 'object',
    required: leaves.map(({ key }) => key),
    properties: Object.fromEntries(
      leaves.map((leaf) => [
        leaf.key,
        { ...outputOf(leaf.type, leaf.items, !leaf.certain), description: leaf.description },
      ]),
    ),
  };
}

/** Values of enums may be added, so that none is left out by naming them. */
function outputOf(type: GraphQLOutputType, items: readonly Leaf[] | null, nullable: boolean): Json {
  const inner = getNullableType(type) as GraphQLNullableType;
  if (isListType(inner)) {
    const item = inner.ofType as GraphQLOutputType;
    const each = items ? objectOf(items) : outputOf(item, null, !isNonNullType(item));
    return orNull({ type: 'array', items: each }, nullable);
  }
  if (isEnumType(inner)) return orNull({ ...text, examples: inner.getValues().map(({ name }) => name) }, nullable);
  return orNull(scalarOf((inner as { name: string }).name), nullable);
}

const SCALARS: Readonly<Record<string, Json>> = {
  Float: { type: 'number' },
  Int: { type: 'integer' },
  Boolean: { type: 'boolean' },
  DateTimeISO: { type: 'string', format: 'date-time' },
};

function scalarOf(name: string): Json {
  return SCALARS[name] ?? text;
}

function orNull(schema: Json, nullable: boolean): Json {
  return nullable ? { ...schema, type: [schema.type, 'null'].flat() } : schema;
}
