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

const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

describe('docs/grafana', () => {
  /** Every series that can be asked for, with its labels. */
  const series = new Map<string, ReadonlySet<string>>(
    new Metrics().registry.getMetricsAsArray().flatMap((metric) => {
      const {
        name,
        labelNames = [],
        type,
      } = metric as unknown as { name: string; labelNames?: string[]; type: string };
      const labels = new Set([...labelNames, 'job', 'instance', 'le']);
      return type === 'histogram'
        ? ['_bucket', '_count', '_sum'].map((end) => [name + end, labels] as const)
        : [[name, labels] as const];
    }),
  );
  const text = readFileSync(join(import.meta.dirname, '../../docs/grafana/ozmap-cnt.json'), 'utf8');
  const { panels } = JSON.parse(text) as { panels: { title: string; targets?: { expr: string }[] }[] };
  const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

  /** Series that there are not, and labels that a series has not. */
  function mistaken(expression: string): string[] {
    const [name = ''] = /(build|graphql|ozmap|journal|process|nodejs)_\w+/.exec(expression) ?? [];
    const by = /by \(([^)]*)\)/.exec(expression)?.[1]?.split(', ') ?? [];
    const matched = [...expression.matchAll(/[{,](\w+)=/g)].map(([, label = '']) => label);
    const labels = series.get(name);
    return labels ? [...by, ...matched].filter((label) => !labels.has(label)) : [name];
  }

  it('asks only for series that there are, by labels that they have', () => {
    expect(expressions.length).toBeGreaterThan(15);
    expect(expressions.map((expression) => [expression, mistaken(expression)])).toEqual(
      expressions.map((expression) => [expression, []]),
    );
  });

  it('alerts on series that there are, each with a chapter of its own in docs/operations.md', () => {
    const rules = readFileSync(join(import.meta.dirname, '../../docs/grafana/alerts.yaml'), 'utf8');
    const alerts = [...rules.matchAll(/- alert: (\w+)\n +expr: (.+)\n/g)];
    expect(alerts.length).toBeGreaterThan(5);
    expect(alerts.flatMap(([, , expression = '']) => mistaken(expression))).toEqual([]);
    const chapters = [...operations.matchAll(/^### (\w+)$/gm)].map(([, title]) => title);
    expect(chapters).toEqual(alerts.map(([, name]) => name));
  });

  it('leaves out none of ours', () => {
    const own = [...series.keys()].map((name) => name.replace(/_(bucket|count|sum)$/, ''));
    const shown = expressions.join(' ');
    const missing = own.filter((name) => !/^(process|nodejs)_/.test(name) && !shown.includes(name));
    expect(missing).toEqual([]);
  });
});
