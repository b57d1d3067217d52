/** As far as tests read it: the package has no types of its own. */
declare module '@usebruno/lang' {
  interface Pair {
    name: string;
    value: string;
    enabled: boolean;
  }

  export function bruToJsonV2(text: string): {
    meta: { name: string; seq: string };
    http: { method: string; url: string };
    body?: { json?: string; graphql?: { query: string; variables?: string } };
    script?: { req?: string; res?: string };
  };

  export function collectionBruToJson(text: string): { headers: Pair[]; vars: { req: Pair[] } };
}

declare module 'postman-collection' {
  class List<T> {
    all(): T[];
    find(fits: (one: T) => boolean, context: null): T | undefined;
    upsert(one: object): void;
    toObject(): Record<string, unknown>;
  }

  class Item {
    name: string;
    events: List<{ listen: string; script: { toSource(): string | undefined } }>;
    request: {
      toObjectResolved(
        scope: null,
        values: object[],
        options: object,
      ): {
        method: string;
        url: object;
        header: { key: string; value: string }[];
        body?: { raw?: string; graphql?: { query: string; variables: string } };
      };
    };
  }

  class ItemGroup {
    name: string;
    items: List<Item>;
  }

  class Collection {
    constructor(definition: unknown);
    items: List<ItemGroup>;
    variables: List<unknown>;
  }

  class Url {
    constructor(definition: object);
    toString(): string;
  }

  const sdk: { Collection: typeof Collection; Url: typeof Url };

  export type { Item };
  export default sdk;
}
