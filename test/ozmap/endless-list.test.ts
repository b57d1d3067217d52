import { expect, it } from 'vitest';
import { readPages } from '../../src/ozmap/lists.js';
import { WireRecord } from '../../src/ozmap/wire/record.js';

it('A list that always has a next page with new rows ends after 1,000 pages, as a shape that is not known', async () => {
  let asked = 0;
  const page = async () => {
    asked += 1;
    const rows = [WireRecord.of('boxes', 'rows[]', { id: String(asked) })];
    return { rows, total: null, limit: null, hasNextPage: true };
  };
  await expect(readPages('boxes', 1, page)).rejects.toMatchObject({ code: 'UPSTREAM_UNEXPECTED_SHAPE' });
  expect(asked).toBe(1_000);
});
