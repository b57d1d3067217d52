import { registerEnumType } from 'type-graphql';

/** Registers a list of words from the domain as a GraphQL enum, each value with its meaning. The result is what a type function returns. */
export function graphqlEnum<T extends string>(
  name: string,
  description: string,
  values: Readonly<Record<T, string>>,
): Record<T, T> {
  const words = Object.keys(values) as T[];
  const object = Object.fromEntries(words.map((word) => [word, word])) as Record<T, T>;
  registerEnumType(object, {
    name,
    description,
    valuesConfig: Object.fromEntries(words.map((word) => [word, { description: values[word] }])) as never,
  });
  return object;
}
