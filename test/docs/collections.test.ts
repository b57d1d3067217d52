import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bruToJsonV2, collectionBruToJson } from '@usebruno/lang';
import postman, { type Item } from 'postman-collection';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestSubgraph } from '../support/start-subgraph.js';

const FOLDER = join(import.meta.dirname, '../../examples/collections');
const read = (path: string) => readFileSync(join(FOLDER, path), 'utf8');

/** A request of a collection, its variables in place, and what its scripts do. */
interface Request {
  name: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
  after(answer: unknown): void;
}

/** A collection as its program would run it: each request as it is once those before it were answered. */
interface Collection {
  set(name: string, value: string): void;
  requests: { folder: string; next(): Request }[];
}

/** What a script of Bruno may do. */
const script = (code: string | undefined, names: string[], values: unknown[]) => {
  if (code) new Function(...names, code)(...values);
};

function bruno(): Collection {
  const variables = new Map<string, unknown>();
  const { headers, vars } = collectionBruToJson(read('bruno/collection.bru'));
  for (const { name, value } of vars.req) variables.set(name, value);
  const filled = (text: string) =>
    text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
      if (!variables.has(name)) throw new Error(`nothing has set ${name}`);
      return String(variables.get(name));
    });
  const bru = { setVar: (name: string, value: unknown) => variables.set(name, value) };
  const requests = ['HTTP', 'GraphQL'].flatMap((folder) =>
    readdirSync(join(FOLDER, 'bruno', folder))
      .map((file) => bruToJsonV2(read(`bruno/${folder}/${file}`)))
      .sort((a, b) => Number(a.meta.seq) - Number(b.meta.seq))
      .map(({ meta, http, body, script: scripts }) => ({
        folder,
        next() {
          script(scripts?.req, ['bru'], [bru]);
          const { query, variables: sent } = body?.graphql ?? {};
          const graphql = query && JSON.stringify({ query, variables: JSON.parse(filled(sent ?? '{}')) });
          return {
            name: meta.name,
            method: http.method.toUpperCase(),
            url: encodeURI(filled(http.url)),
            headers: Object.fromEntries(headers.map(({ name, value }) => [name, filled(value)])),
            body: graphql ?? (body?.json ? filled(body.json) : null),
            after: (answer: unknown) => script(scripts?.res, ['bru', 'res'], [bru, { body: answer }]),
          };
        },
      })),
  );
  return { set: (name, value) => variables.set(name, value), requests };
}

function postmans(): Collection {
  const collection = new postman.Collection(JSON.parse(read('postman.json')));
  const { variables } = collection;
  const set = (key: string, value: unknown) => variables.upsert({ key, value });
  const run = (item: Item, listen: string, answer?: unknown) =>
    script(
      item.events.find(({ listen: when }) => when === listen, null)?.script.toSource(),
      ['pm'],
      [{ collectionVariables: { set }, response: { json: () => answer } }],
    );
  const requests = collection.items.all().flatMap((group) =>
    group.items.all().map((item) => ({
      folder: group.name,
      next() {
        run(item, 'prerequest');
        const { method, url, header, body } = item.request.toObjectResolved(null, [variables.toObject()], {
          ignoreOwnVariables: true,
        });
        const { query, variables: sent } = body?.graphql ?? {};
        return {
          name: item.name,
          method,
          url: encodeURI(new postman.Url(url).toString()),
          headers: Object.fromEntries(header.map(({ key, value }) => [key, value])),
          body: query ? JSON.stringify({ query, variables: JSON.parse(sent ?? '{}') }) : (body?.raw ?? null),
          after: (answer: unknown) => run(item, 'test', answer),
        };
      },
    })),
  );
  return { set, requests };
}

describe.each([
  ['Bruno', bruno],
  ['Postman', postmans],
])('The collection for %s', (_program, open) => {
  it('runs from first to last: every route and operation is answered, and nothing is refused', async () => {
    const subgraph = await startTestSubgraph();
    onTestFinished(() => subgraph.stop());
    const collection = open();
    collection.set('base', subgraph.url);
    const seen: string[] = [];
    for (const { folder, next } of collection.requests) {
      const { name, method, url, headers, body, after } = next();
      const type = body === null ? {} : { 'content-type': 'application/json' };
      const response = await fetch(url, { method, headers: { ...headers, ...type }, body });
      const isFile = response.headers.get('content-type') !== 'application/json; charset=utf-8';
      const answer: unknown = isFile ? await response.text() : await response.json();
      expect([folder, name, response.ok], JSON.stringify(answer).slice(0, 400)).toEqual([folder, name, true]);
      expect(JSON.stringify(answer)).not.toMatch(/"problem":\{|"errors":/);
      after(answer);
      seen.push(`${folder} ${name}`);
    }
    expect(seen).toEqual(bothHave());
  });
});

/** What the one has, in its order; the other must have the same. */
function bothHave(): string[] {
  const { item } = JSON.parse(read('postman.json')) as { item: { name: string; item: { name: string }[] }[] };
  return item.flatMap(({ name, item: requests }) => requests.map((request) => `${name} ${request.name}`));
}
