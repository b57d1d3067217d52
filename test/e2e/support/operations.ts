import type { LoggedOperation } from '../../../src/web/logs/operations.js';

export type JournalOperation = LoggedOperation;

const MINUTE_MS = 60_000;

/** An operation of the journal; a reservation that was done, unless told otherwise. */
export function anOperation(over: Partial<JournalOperation> = {}): JournalOperation {
  return {
    id: '0199aa00-0000-7000-8000-000000000001',
    action: 'port.reserve',
    contractCode: '900001',
    projectId: '64c1f0a2b7e4d3001c9a1f01',
    state: 'APPLIED',
    actor: 'demo (maria)',
    requestedAt: '2026-11-24T12:00:00.000Z',
    finishedAt: '2026-11-24T12:00:01.400Z',
    steps: [],
    problem: null,
    ...over,
  };
}

/** One of every state, and enough older ones that the list goes on. */
export function someOperations(nowMs: number): JournalOperation[] {
  const at = (minutes: number, plusMs = 0) => new Date(nowMs - minutes * MINUTE_MS + plusMs).toISOString();
  const home = 'properties/64c1f0a2b7e4d3001c9a1f77';
  const done = (method: string, path: string, minutes: number, plusMs: number, durationMs: number) => ({
    method,
    path,
    status: method === 'POST' ? 201 : 200,
    durationMs,
    outcome: 'DONE',
    at: at(minutes, plusMs),
  });
  const first: Partial<JournalOperation>[] = [
    {
      contractCode: '900107',
      state: 'PENDING',
      requestedAt: at(0, -4_000),
      finishedAt: null,
      steps: [{ method: 'POST', path: 'properties', status: null, durationMs: null, outcome: 'SENT', at: at(0) }],
    },
    {
      requestedAt: at(3),
      finishedAt: at(3, 1_400),
      steps: [
        done('POST', 'properties', 3, 100, 640),
        done('PATCH', 'ftth-clients/64c1f0a2b7e4d3001c9a2b02', 3, 800, 85),
      ],
    },
    {
      action: 'client.cancel',
      contractCode: '900044',
      state: 'FAILED',
      actor: 'api-cnt',
      requestedAt: at(12),
      finishedAt: at(11),
      steps: [
        done('PATCH', home, 12, 200, 96),
        {
          method: 'DELETE',
          path: 'ftth-clients/64c1',
          status: null,
          durationMs: 12,
          outcome: 'NOT_SENT',
          at: at(12, 900),
        },
      ],
      problem: {
        code: 'UPSTREAM_UNAVAILABLE',
        reason: null,
        message: 'OZmap stayed away',
        operationId: null,
        details: [],
      },
    },
    {
      action: 'client.relocate',
      contractCode: '900012',
      state: 'UNKNOWN',
      requestedAt: at(25),
      finishedAt: null,
      steps: [{ method: 'POST', path: 'properties', status: null, durationMs: 15_020, outcome: 'UNKNOWN', at: at(25) }],
      problem: {
        code: 'UPSTREAM_OUTCOME_UNKNOWN',
        reason: null,
        message: 'the answer was lost',
        operationId: null,
        details: [],
      },
    },
    { action: 'client.activate', contractCode: '900031', state: 'QUEUED', requestedAt: at(41), finishedAt: null },
    {
      contractCode: 'CONTRATO-FILIAL-SUL-2026/000123456789',
      state: 'REFUSED',
      actor: 'api-cnt (joana.da.silva.pereira@provedor.example)',
      requestedAt: at(130),
      finishedAt: at(130, 300),
      problem: {
        code: 'CONFLICT',
        reason: 'DROP_TOO_LONG',
        message: 'the drop is longer than the project allows',
        operationId: null,
        details: [{ field: 'dropPath', value: null, limit: 200, actual: 248.5 }],
      },
    },
    {
      action: 'reservation.withdraw',
      actor: 'system',
      contractCode: '900009',
      requestedAt: at(600),
      finishedAt: at(600),
    },
    { action: 'prospect.create', contractCode: null, requestedAt: at(900), finishedAt: at(900) },
  ];
  const older = Array.from({ length: 20 }, (_, index) => ({
    action: 'client.update',
    contractCode: String(800_000 + index),
    requestedAt: at(2_000 + index * 400),
    finishedAt: at(2_000 + index * 400, 700),
  }));
  return [...first, ...older].map((over, index) => anOperation({ id: idOf(99 - index), ...over }));
}

/** Later ones are greater, as the journal's are. */
export function idOf(number: number): string {
  return `0199aa00-0000-7000-8000-${String(number).padStart(12, '0')}`;
}
