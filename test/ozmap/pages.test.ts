import { describe, expect, it } from 'vitest';
import { readPage, readPages } from '../../src/ozmap/lists.js';
import { idOf } from '../support/ozmap-answers.js';

const rows = (from: number, to: number): object[] =>
  Array.from({ length: to - from }, (_, i) => ({ id: idOf(from + i + 1) }));

/** Reads a list whose pages are these bodies; what is past the end is empty. */
async function read(
  bodies: unknown[],
  limit = 100,
  atMost?: number,
): Promise<{ found: number; asked: number; limits: number[] }> {
  const limits: number[] = [];
  const found = await readPages(
    'boxes',
    limit,
    async (page, size) => {
      limits.push(size);
      return readPage('boxes', bodies[page - 1] ?? { total: 0, rows: [] });
    },
    atMost,
  );
  return { found: found.length, asked: limits.length, limits };
}

describe('a list', () => {
  it('that fits is asked for once', async () => {
    expect(await read([{ total: 3, rows: rows(0, 3), hasNextPage: false }])).toEqual({
      found: 3,
      asked: 1,
      limits: [100],
    });
  });

  it('whose limit OZmap caps is read to its total', async () => {
    const bodies = [0, 50, 100].map((n) => ({ total: 120, limit: 50, rows: rows(n, Math.min(n + 50, 120)) }));
    expect(await read(bodies)).toEqual({ found: 120, asked: 3, limits: [100, 50, 50] });
  });

  it('without total is read until a page is short', async () => {
    expect(await read([{ rows: rows(0, 100) }, { rows: rows(100, 130) }])).toEqual({
      found: 130,
      asked: 2,
      limits: [100, 100],
    });
  });

  it('that comes as a bare array is read all the same', async () => {
    expect(await read([rows(0, 7)])).toEqual({ found: 7, asked: 1, limits: [100] });
  });

  it('that shrinks while it is read ends', async () => {
    expect(
      await read([
        { total: 200, rows: rows(0, 100) },
        { total: 100, rows: [] },
      ]),
    ).toEqual({ found: 100, asked: 2, limits: [100, 100] });
  });

  it('is read no further than needed', async () => {
    expect(await read([{ total: 900, rows: rows(0, 100), hasNextPage: true }], 100, 100)).toEqual({
      found: 100,
      asked: 1,
      limits: [100],
    });
  });

  it('that repeats its first page is an error, not an endless loop and not a silent loss', async () => {
    const same = { total: 200, rows: rows(0, 100), hasNextPage: true };
    await expect(read([same, same])).rejects.toMatchObject({ code: 'UPSTREAM_UNEXPECTED_SHAPE', field: 'page' });
  });

  it('that promises more and then gives nothing is an error', async () => {
    const more = { total: 200, rows: rows(0, 100) };
    await expect(read([more, { total: 200, rows: [] }])).rejects.toMatchObject({ field: 'page' });
  });

  it.each([
    [{ total: 1 }, 'rows'],
    [{ rows: [1] }, 'rows[]'],
    [{ rows: [{ name: 'x' }] }, 'rows[].id'],
    ['text', 'body'],
  ])('of the shape %j is refused naming %s', async (body, field) => {
    await expect(read([body])).rejects.toMatchObject({ route: 'boxes', field });
  });
});
