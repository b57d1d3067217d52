import { buildSchema, graphql } from 'graphql';
import { expect, it } from 'vitest';
import { completeInTurns } from '../../src/graph/wrap-fields.js';
import { longestStretchMs } from '../support/longest-stretch.js';

const FIELDS = Array.from({ length: 40 }, (_, at) => `f${at}`);

it('Long lists are completed without keeping others waiting, in order, each failure in its place', async () => {
  const schema = buildSchema(
    `type Query { all: [Thing] } type Thing { n: Int! ${FIELDS.map((f) => `${f}: Int`).join(' ')} }`,
  );
  completeInTurns(schema);
  const all = Array.from({ length: 4_000 }, (_, n) => (n === 7 ? Promise.reject(new Error('no seven')) : { n, f1: n }));
  let answer: Awaited<ReturnType<typeof graphql>> | undefined;
  const source = `{ all { n ${FIELDS.join(' ')} } }`;
  const longest = await longestStretchMs(async () => {
    answer = await graphql({ schema, source, rootValue: { all } });
  });
  const things = answer?.data?.all as ({ n: number; f1: number } | null)[];
  expect(things).toHaveLength(4_000);
  expect(things[7]).toBeNull();
  expect(things.every((thing, n) => thing === null || (thing.n === n && thing.f1 === n))).toBe(true);
  expect(answer?.errors).toMatchObject([{ message: 'no seven', path: ['all', 7] }]);
  // At one go it takes four times as long.
  expect(longest).toBeLessThan(200);
});
