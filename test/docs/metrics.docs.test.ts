import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Metrics } from '../../src/http/metrics.js';

const PAGE = join(import.meta.dirname, '../../docs/metrics.md');

describe('docs/metrics.md', () => {
  it('names every metric of ours with its labels, and no other', async () => {
    const rows = [...readFileSync(PAGE, 'utf8').matchAll(/^\| `(\w+)` \| ([^|]*)\|/gm)];
    const told = rows.map(([, name = '', labels = '']) => [name, labels.split(',').map((label) => label.trim())]);
    const { registry } = new Metrics();
    const kept = registry
      .getMetricsAsArray()
      .map((metric) => metric as unknown as { name: string; labelNames?: string[] })
      .filter(({ name }) => !/^(process|nodejs)_/.test(name))
      .map(({ name, labelNames = [] }) => [name, labelNames.length ? labelNames : ['']]);
    expect(told.sort()).toEqual(kept.sort());
  });
});
