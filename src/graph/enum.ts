import { registerEnumType } from 'type-graphql';

/** Said of enums that a newer release may add values to: nobody may rely on knowing all of them. */
export const MAY_GROW = 'New values may be added: take one that you do not know, too.';

/** As a directive: left out of what a platform publishes to others, where it makes a contract variant of its graph. */
export const INTERNAL = '@tag(name: "internal")';

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
