import { describe, expect, it } from 'vitest';
import { losesPort, placementFaults, rivals } from '../../src/domain/placement-check.js';
import {
  assertPortInput,
  assertServes,
  boxNotOffered,
  firstFreePort,
  isFull,
  portStanding,
} from '../../src/domain/port-choice.js';
import { countFree, portsOf } from '../../src/domain/ports.js';

const splitter = {
  id: 's1',
  parentId: 'box',
  isDrop: true,
  outputs: ['f1', 'f2', 'f3', null, null, 'f6'],
  blocked: [false, false, false, true, false, true],
};
const home = (id: string, port: number | null, fiberId: string | null, clientId: string | null) => ({
  id,
  clientId,
  connections: [{ id: 's1', port, fiberId }],
});

describe('portsOf', () => {
  const ports = portsOf(splitter, [home('h1', 1, 'f1', 'c1'), home('h2', 2, 'f2', null), home('h6', null, 'f6', 'c6')]);
  it('names who holds each port', () => {
    expect(ports.map(({ number, state, propertyId }) => [number, state, propertyId])).toEqual([
      [1, 'CLIENT', 'h1'],
      [2, 'PROPERTY', 'h2'],
      [3, 'PROPERTY', null],
      [4, 'BLOCKED', null],
      [5, 'FREE', null],
      [6, 'CLIENT', 'h6'],
    ]);
  });
  it('leaves free what a home holds on another splitter of the box', () => {
    const elsewhere = { id: 'h5', clientId: 'c5', connections: [{ id: 's2', port: 5, fiberId: 'f5' }] };
    expect(portsOf(splitter, [elsewhere])[4]?.state).toBe('FREE');
  });
  it('leaves a port that the provider closed to the fibre that is on it, whoever’s that is', () => {
    expect(portsOf(splitter, [])[5]).toMatchObject({ state: 'PROPERTY', propertyId: null });
  });
  it('believes the fibre on a port before what another home says of it', () => {
    const homes = [home('h7', 1, 'f7', 'c7'), home('h1', null, 'f1', 'c1')];
    expect(portsOf(splitter, homes)[0]).toMatchObject({ state: 'CLIENT', propertyId: 'h1' });
  });
  it('counts the ports that may be sold', () => expect(countFree(ports)).toBe(1));
});

describe('choosing a port', () => {
  it('takes the lowest that nobody holds and nobody blocked', () => expect(firstFreePort(splitter)).toBe(5));
  it('tells free, taken and blocked apart', () =>
    expect([1, 4, 5, 6].map((port) => portStanding(splitter, port))).toEqual(['taken', 'blocked', 'free', 'taken']));
  it('knows that there is no port beyond the last', () =>
    expect(() => portStanding(splitter, 7)).toThrow(/no such port/));
  it('wants a splitter with a port', () => {
    expect(() => assertPortInput({ port: 1 })).toThrow(/name the splitter/);
    expect(() => assertPortInput({ port: 0, splitterId: 's1' })).toThrow(/from 1/);
    expect(() => assertPortInput({ splitterId: 's1' })).not.toThrow();
  });
  it('wants a service splitter of the chosen box', () => {
    expect(() => assertServes(splitter, 'box')).not.toThrow();
    expect(() => assertServes(splitter, 'other')).toThrow();
    expect(() => assertServes({ ...splitter, isDrop: false }, 'box')).toThrow();
    expect(() => assertServes(undefined, 'box')).toThrow();
  });
  it('calls a box full only when it has service splitters and none has a free port', () => {
    const full = { isDrop: true, outputs: ['f'], blocked: [false] };
    expect([
      isFull([full]),
      isFull([full, splitter]),
      isFull([]),
      isFull([{ ...splitter, isDrop: false }, full]),
    ]).toEqual([true, false, false, true]);
  });
  it('says a refused box is full when a free port is what it lacks, else that it is not offered', () => {
    const detail = { message: null, limitM: null, actualM: null };
    expect(boxNotOffered('b', [{ code: 'NO_FREE_PORT', ...detail }]).reason).toBe('BOX_FULL');
    const both = boxNotOffered('b', [
      { code: 'TAG_MISMATCH', ...detail },
      { code: 'NO_FREE_PORT', ...detail },
    ]);
    expect(both.reason).toBe('BOX_FULL');
    const refused = boxNotOffered('b', [{ code: 'DRAFT', ...detail }]);
    expect(refused.reason).toBe('BOX_NOT_OFFERED');
    expect(refused.details).toContainEqual({ field: 'refusal', value: 'DRAFT' });
  });
});

const seen = (id: string, given: object = {}) => ({
  id,
  boxId: 'box',
  dropId: `d-${id}`,
  clientId: `c-${id}`,
  createdAt: '2025-01-01T00:00:00.000Z',
  connections: [{ id: 's1', port: 5, fiberId: `f-${id}` }],
  ...given,
});

describe('placementFaults', () => {
  const asked = { boxId: 'box', target: { connectorId: 's1', port: 5 }, dropPoleIds: ['p3', 'p1'] };
  const drop = { id: 'd-h', boxId: 'box', propertyId: 'h', poleIds: ['p9', 'p3', 'p2', 'p1'] };
  it('finds nothing wrong with what was asked, also when OZmap added poles', () =>
    expect(placementFaults(asked, seen('h'), drop)).toEqual([]));
  it.each([
    ['boxId', seen('h', { boxId: 'other' }), drop],
    ['drop', seen('h', { dropId: null }), null],
    ['drop.boxId', seen('h'), { ...drop, boxId: 'other' }],
    ['drop.propertyId', seen('h'), { ...drop, propertyId: 'other' }],
    ['drop.poles', seen('h'), { ...drop, poleIds: ['p1', 'p3'] }],
    ['connection', seen('h', { connections: [] }), drop],
    ['connection', seen('h', { connections: [5, 6].map((port) => ({ id: 's1', port, fiberId: `f${port}` })) }), drop],
    ['connection.port', seen('h', { connections: [{ id: 's2', port: 5, fiberId: 'f' }] }), drop],
    ['connection.port', seen('h', { connections: [{ id: 's1', port: 4, fiberId: 'f' }] }), drop],
  ])('names %s', (fault, home, drop) => expect(placementFaults(asked, home, drop)).toContain(fault));
});

describe('two homes on one port', () => {
  const early = seen('a');
  const late = seen('b', { createdAt: '2025-01-01T00:00:00.001Z' });
  it('finds the rival', () => {
    expect(rivals(late, [early, late, seen('x', { connections: [] })])).toEqual([early]);
  });
  it('finds none where nobody tells the port', () => {
    const unnumbered = (id: string) => seen(id, { connections: [{ id: 's1', port: null, fiberId: null }] });
    expect(rivals(unnumbered('a'), [unnumbered('b')])).toEqual([]);
  });
  it('leaves it to the earlier home where neither the splitter nor the homes tell a fibre', () => {
    const [first, second] = [early, late].map((claimant) => ({
      ...claimant,
      connections: [{ id: 's1', port: 5, fiberId: null }],
    }));
    if (!first || !second) throw new Error('two homes');
    expect([losesPort(first, [second], null), losesPort(second, [first], null)]).toEqual([false, true]);
  });
  it('leaves the port to the fibre that is really on it', () => {
    expect([losesPort(early, [late], 'f-b'), losesPort(late, [early], 'f-b')]).toEqual([true, false]);
  });
  it('leaves it to the earlier home where the splitter does not tell', () => {
    expect([losesPort(early, [late], null), losesPort(late, [early], null)]).toEqual([false, true]);
  });
  it('has exactly one winner among homes of the same instant', () => {
    const twin = seen('c');
    expect([losesPort(early, [twin], null), losesPort(twin, [early], null)]).toEqual([false, true]);
  });
});
