import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readReceivers } from '../../src/config/receivers.js';
import { EVENT_TYPES, receiversAt } from '../../src/domain/events.js';
import { deliveriesOf, type FinishedOperation } from '../../src/saga/outbox/event.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/recipes/receive-events.md'), 'utf8');
const [FILE = '', OPERATION = '', CONTRACT = ''] = [...PAGE.matchAll(/```json\n([\s\S]*?)```/g)].map(
  ([, json]) => json,
);

interface Shown {
  type: string;
  timestamp: string;
  data: FinishedOperation & { finishedAt: string } & Record<string, unknown>;
}

const NEWS = { outcome: null, hasWritten: false, expiresAt: null, isScheduled: false, newContractCode: null };

/** What is sent of an operation like the shown one, at the times that are shown. */
function sentLike(text: string, more: Partial<FinishedOperation>): { shown: Shown; sent: unknown } {
  const shown = JSON.parse(text) as Shown;
  const { operationId, action, contractCode, projectId, state, problem, requestedAt, finishedAt } = shown.data;
  const told = { operationId, action, contractCode, projectId, state, problem };
  const operation = { ...NEWS, ...told, requestedAt: new Date(requestedAt), ...more };
  const all = deliveriesOf(operation, receiversAt(['https://cnt.example'], '')).map(({ body }) => JSON.parse(body));
  const sent = all.find(({ type }) => type === shown.type);
  expect(sent.timestamp).toBe(sent.data.finishedAt);
  return { shown, sent: { ...sent, timestamp: shown.timestamp, data: { ...sent.data, finishedAt } } };
}

describe('docs/recipes/receive-events.md', () => {
  it('shows the end of an operation as it is sent', () => {
    const { shown, sent } = sentLike(OPERATION, {});
    expect(sent).toEqual(shown);
  });

  it('shows what became of a contract as it is sent', () => {
    const { ozmapClientId, propertyId, boxId, buildingId, equipmentId, port, expiresAt } = JSON.parse(CONTRACT).data;
    const connections = [{ id: equipmentId, port, kind: 'Splitter' }];
    const { shown, sent } = sentLike(CONTRACT, {
      hasWritten: true,
      expiresAt: new Date(expiresAt),
      outcome: {
        client: { id: ozmapClientId, name: 'Maria' },
        property: { id: propertyId, boxId, buildingId, connections, address: 'Rua Secreta, 7' },
        warnings: [],
      },
    });
    expect(sent).toEqual(shown);
  });

  it('has every type of event in its table, and no other', () => {
    const rows = PAGE.match(/^\| `[a-z]+\.[a-z_]+`.*$/gm) ?? [];
    const types = rows.flatMap((row) => (row.split(' | ')[0] ?? '').match(/[a-z_]+\.[a-z_]+/g) ?? []);
    expect(types.sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('shows a file of receivers that is taken once its keys are real', () => {
    const folder = mkdtempSync(join(tmpdir(), 'receivers-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    writeFileSync(join(folder, 'erp-norte.secret'), secret);
    writeFileSync(join(folder, 'receivers.json'), FILE.replace('whsec_…', secret));
    expect(readReceivers({ file: join(folder, 'receivers.json') }, null)).toMatchObject({
      receivers: [{ name: 'erp-norte' }, { name: 'field-service', projectIds: null }],
    });
  });
});
