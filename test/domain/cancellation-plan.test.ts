import { describe, expect, it } from 'vitest';
import { cancellationFingerprint, cancellationSnapshot, planCancellation } from '../../src/domain/cancellation-plan.js';
import { parseContractCode } from '../../src/domain/contract-code.js';
import { assertUndoInTime, connectionToRestore } from '../../src/domain/undo.js';

const client = { id: 'c1', code: parseContractCode('1'), name: 'Casa 1', observation: null, implanted: true };
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
const day = new Date(2025, 2, 9);

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
  it('writes no second mark', () => {
    const marked = { ...state, home: { ...home, observation: '[CNT 1] cancelado 2024-01-01' } };
    expect(planCancellation(marked, day).some((step) => step.effect === 'WRITTEN')).toBe(false);
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
    ].map(cancellationFingerprint);
    expect(new Set(prints).size).toBe(prints.length);
  });
  it('is the same for the same state', () =>
    expect(cancellationFingerprint(state)).toBe(cancellationFingerprint(state)));
});

describe('undoing', () => {
  const { connection } = cancellationSnapshot(state);
  const refused = (reason: string) => expect.objectContaining({ reason });
  it('is possible within the window only', () => {
    expect(() => assertUndoInTime(day, new Date(2025, 2, 9, 24), 24)).not.toThrow();
    expect(() => assertUndoInTime(day, new Date(2025, 2, 10, 0, 6), 24)).toThrow(refused('UNDO_EXPIRED'));
  });
  it('keeps a home that is still on its port', () =>
    expect(connectionToRestore(connection, home, 'unknown')).toBe('kept'));
  it('reconnects a home that was taken off, while the port is free', () =>
    expect(connectionToRestore(connection, { connections: [] }, 'nobody')).toBe('reconnect'));
  it('reconnects it also where nothing tells who is on the port: OZmap then decides', () =>
    expect(connectionToRestore(connection, { connections: [] }, 'unknown')).toBe('reconnect'));
  it('is refused when somebody else is on the port, or the home is on another', () => {
    expect(() => connectionToRestore(connection, { connections: [] }, 'somebody')).toThrow(
      refused('PORT_NO_LONGER_FREE'),
    );
    expect(() => connectionToRestore(connection, { connections: [{ id: 's1', port: 4 }] }, 'unknown')).toThrow(
      refused('PORT_NO_LONGER_FREE'),
    );
  });
});
