import { describe, expect, it } from 'vitest';
import { cancellationFingerprint, cancellationSnapshot, planCancellation } from '../../src/domain/cancellation-plan.js';
import { parseContractCode } from '../../src/domain/contract-code.js';
import { assertUndoInTime, missingFields, standingOfPort } from '../../src/domain/undo.js';

const client = {
  id: 'c1',
  code: parseContractCode('1'),
  name: 'Casa 1',
  observation: null,
  implanted: true,
  extras: {},
  unwritable: [] as string[],
};
const home = {
  id: 'h1',
  address: 'Rua A, 1',
  observation: 'antes',
  location: { lat: 1, lng: 2 },
  boxId: 'b1',
  dropId: 'd1',
  projectId: 'p1',
  connections: [{ id: 's1', kind: 'Splitter', port: 3, name: 'S1', fiberId: 'f1' }],
};
const state = { client, home, disconnects: false };
const day = '2025-03-09';
const cancelledAt = new Date(2025, 2, 9);

describe('planCancellation', () => {
  it('tells what is written, kept and deleted', () => {
    expect(planCancellation(state, day)).toEqual([
      { effect: 'WRITTEN', what: 'observation', id: 'h1', detail: '[CNT 1] cancelado 2025-03-09' },
      { effect: 'KEPT', what: 'port', id: 's1', detail: 'S1 · 3' },
      { effect: 'DELETED', what: 'client', id: 'c1', detail: '1' },
      { effect: 'KEPT', what: 'property', id: 'h1', detail: 'Rua A, 1' },
      { effect: 'KEPT', what: 'drop', id: 'd1', detail: null },
    ]);
  });
  it('tells that the port is freed where that is asked for', () => {
    expect(planCancellation({ ...state, disconnects: true }, day)).toContainEqual({
      effect: 'DISCONNECTED',
      what: 'port',
      id: 's1',
      detail: 'S1 · 3',
    });
  });
  it('tells which fields of the client no undo can bring back', () => {
    const told = planCancellation({ ...state, client: { ...client, unwritable: ['contractor'] } }, day);
    expect(told).toContainEqual({ effect: 'DELETED', what: 'client.contractor', id: 'c1', detail: null });
  });
  it('writes no second mark on the same day, and renews that of an earlier one', () => {
    const writes = (observation: string) =>
      planCancellation({ ...state, home: { ...home, observation } }, day).some((step) => step.effect === 'WRITTEN');
    expect(writes(`[CNT 1] cancelado ${day}`)).toBe(false);
    expect(writes('[CNT 1] cancelado 2024-01-01')).toBe(true);
  });
  it('only deletes the client where there is no home', () => {
    expect(planCancellation({ ...state, home: null }, day).map((step) => step.effect)).toEqual(['DELETED']);
  });
});

describe('cancellationFingerprint', () => {
  it('changes with anything the plan rests on', () => {
    const prints = [
      state,
      { ...state, disconnects: true },
      { ...state, home: null },
      { ...state, home: { ...home, observation: 'outra' } },
      { ...state, home: { ...home, connections: [] } },
      { ...state, home: { ...home, connections: home.connections.map((on) => ({ ...on, port: 4 })) } },
      { ...state, home: { ...home, address: 'Rua A, 2' } },
      { ...state, home: { ...home, boxId: 'b2' } },
      { ...state, home: { ...home, dropId: null } },
      { ...state, client: { ...client, implanted: false } },
      { ...state, client: { ...client, id: 'c2' } },
      { ...state, client: { ...client, unwritable: ['contractor'] } },
    ].map(cancellationFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
  it('is the same for the same state', () =>
    expect(cancellationFingerprint(state)).toBe(cancellationFingerprint(state)));
});

describe('undoing', () => {
  const refused = (reason: string) => expect.objectContaining({ reason });
  it('is possible within the window only', () => {
    expect(() => assertUndoInTime(cancelledAt, new Date(2025, 2, 9, 24), 24)).not.toThrow();
    expect(() => assertUndoInTime(cancelledAt, new Date(2025, 2, 10, 0, 6), 24)).toThrow(refused('UNDO_EXPIRED'));
  });
  const onPort = { ...home, clientId: null, createdAt: '2025' };
  const onNone = { ...onPort, connections: [] };
  const free = { outputs: [null, null, null], blocked: [false, false, false] };
  const taken = { ...free, outputs: [null, null, 'f2'] };
  const before = cancellationSnapshot(state);
  const rival = { ...onPort, id: 'h0', connections: [{ id: 's1', port: 3, fiberId: 'f2' }] };
  it.each([
    ['kept where the home is on it still', onPort, [onPort], { ...free, outputs: [null, null, 'f1'] }, 'kept'],
    ['lost where somebody claims it too, and has the fibre', onPort, [onPort, rival], taken, 'lost'],
    [
      'lost where the home is on another',
      { ...onPort, connections: [{ ...rival.connections[0], port: 2 }] },
      [],
      free,
      'lost',
    ],
    ['free where the home is on none, and nobody on it', onNone, [onNone], free, 'free'],
    ['free where nothing tells who is on it: OZmap then decides', onNone, [onNone], null, 'free'],
    ['lost where somebody is on it', onNone, [onNone], taken, 'lost'],
    ['lost where it was blocked', onNone, [onNone], { ...free, blocked: [false, false, true] }, 'lost'],
    ['lost where the splitter has it no more', onNone, [onNone], { outputs: [null], blocked: [false] }, 'lost'],
    ['lost where the home was moved to another box', { ...onNone, boxId: 'b2' }, [], free, 'lost'],
    ['free where its drop is gone', { ...onNone, boxId: null, dropId: null }, [], free, 'free'],
  ] as const)('finds the port %s', (_, now, neighbours, splitter, standing) => {
    const at = {
      ...now,
      connections: now.connections.map(({ id = 's1', port = 3, fiberId = 'f1' }) => ({ id, port, fiberId })),
    };
    expect(standingOfPort(before, at, neighbours, splitter)).toBe(standing);
  });
  it('misses what is not there, and not what somebody wrote since', () => {
    const was = {
      name: 'Ana',
      observation: null,
      implanted: true,
      extras: { onu: { serial_number: 'A' }, tags: ['t'] },
    };
    const missing = (now: Partial<typeof was>) => missingFields(was, { ...was, ...now });
    expect(missing({})).toEqual([]);
    expect(missing({ name: 'Bia', extras: { onu: { serial_number: 'B' }, tags: ['t', 'u'] } })).toEqual([]);
    expect(missing({ name: '', implanted: false })).toEqual(['name', 'implanted']);
    expect(missingFields(was, { ...was, extras: { onu: { mac_address: 'M' }, tags: ['u'] } })).toEqual(['onu', 'tags']);
    expect(missingFields(was, { ...was, extras: {} })).toEqual(['onu', 'tags']);
    const two = { ...was, extras: { tags: ['t', 'u'] } };
    expect(missingFields(two, { ...two, extras: { tags: ['t'] } })).toEqual(['tags']);
  });
});
