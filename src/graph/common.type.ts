import type DataLoader from 'dataloader';
import { Arg, Directive, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Page } from '../saga/reads/records.js';

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

/** Where a list goes on. */
@ObjectType({ description: 'Where a list continues.' })
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean, { description: 'There are more items after `endCursor`.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'There are items before `startCursor`.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item.' })
  endCursor!: string | null;
}

/** The size of a page where the caller names none, or null. */
export const PAGE = 20;

/** `first: Int = 20`. */
export const FirstArg = (most = 100) =>
  Arg('first', () => Int, { nullable: true, defaultValue: PAGE, description: `Page size, at most ${most}.` });

/** `after: String`. */
export const AfterArg = () =>
  Arg('after', () => String, { nullable: true, description: 'Cursor after which the page begins.' });

/** As a directive: what a page costs goes by `first`. */
export const PAGED = '@listSize(slicingArguments: ["first"], requireOneSlicingArgument: false, sizedFields: ["edges"])';

/** A page as the API shows it, each of its nodes as `show` makes it. */
export function pageFrom<T, Shown>({ edges, endCursor, ...more }: Page<T>, show: (node: T) => Shown) {
  return {
    edges: edges.map(({ cursor, node }) => ({ cursor, node: show(node) })),
    pageInfo: { ...more, startCursor: edges[0]?.cursor ?? null, endCursor },
  };
}

/** The record of an id that there may be none of, as callers see it; null where there is none. */
export async function shown<T, Shown>(
  loader: DataLoader<string, T | null>,
  id: string | null | undefined,
  show: (record: T) => Shown,
): Promise<Shown | null> {
  const record = id ? await loader.load(id) : null;
  return record && show(record);
}
