import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { receiversAt } from '../../src/domain/events.js';
import { deliveriesOf, type FinishedOperation } from '../../src/saga/outbox/event.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/recipes/receive-events.md'), 'utf8');

describe('docs/recipes/receive-events.md', () => {
  it('shows an event as it is sent', () => {
    const shown = JSON.parse(/```json\n([\s\S]*?)```/.exec(PAGE)?.[1] ?? '') as {
      timestamp: string;
      data: FinishedOperation & { finishedAt: string };
    };
    const operation = { ...shown.data, requestedAt: new Date(shown.data.requestedAt) };
    const sent = JSON.parse(deliveriesOf(operation, receiversAt(['https://cnt.example'], ''))[0]?.body ?? '');
    const { timestamp, data } = sent;
    expect(timestamp).toBe(data.finishedAt);
    expect({ ...sent, timestamp: shown.timestamp, data: { ...data, finishedAt: shown.data.finishedAt } }).toEqual(
      shown,
    );
  });
});
