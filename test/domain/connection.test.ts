import { describe, expect, it } from 'vitest';
import { heldPort, sameConnections } from '../../src/domain/connection.js';

const on = (id: string, port: number | null, kind = 'Splitter', fiberId: string | null = `f-${id}`) => ({
  id,
  kind,
  port,
  fiberId,
});

describe('heldPort', () => {
  it('is the one on a splitter, whatever else the home is connected to', () => {
    const connections = [
      on('x1', 2, 'Connector'),
      on('s0', null),
      on('s1', 3, 'Splitter', null),
      on('s2', 4, 'splitter'),
    ];
    expect(heldPort({ connections })).toEqual({ splitterId: 's2', port: 4, fiberId: 'f-s2' });
  });
  it('is none without a splitter', () => expect(heldPort({ connections: [on('x1', 2, 'Connector')] })).toBeNull());
});

describe('sameConnections', () => {
  it('finds two looks the same in any order, and another port different', () => {
    const home = { connections: [on('s1', 1), on('s2', 2)] };
    expect(sameConnections(home, { connections: [on('s2', 2), on('s1', 1)] })).toBe(true);
    expect(sameConnections(home, { connections: [on('s1', 1), on('s2', 3)] })).toBe(false);
    expect(sameConnections(home, { connections: [on('s1', 1)] })).toBe(false);
  });
});
