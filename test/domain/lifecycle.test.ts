import { describe, expect, it } from 'vitest';
import { equipmentKind } from '../../src/domain/connection.js';
import {
  activationWarnings,
  assertMayCancel,
  assertMayWithdraw,
  assertOneClient,
  assertOneHome,
  homeFate,
  lastChanged,
  leftHomeFate,
} from '../../src/domain/contract-lifecycle.js';
import { clientStatus, implantationStatus } from '../../src/domain/status.js';

const conflict = (reason: string) => expect.objectContaining({ reason });

describe('activation', () => {
  it('tells an active client from a reserved one', () => {
    expect([clientStatus({ implanted: false }), clientStatus({ implanted: true })]).toEqual(['RESERVED', 'ACTIVE']);
  });
  it('warns of a client without home, or whose homes hang on nothing', () => {
    expect(activationWarnings([])).toEqual(['NO_PROPERTY']);
    expect(activationWarnings([{ connections: [] }])).toEqual(['DROP_DISCONNECTED']);
    expect(activationWarnings([{ connections: [] }, { connections: [{}] }])).toEqual([]);
  });
});

describe('cancellation', () => {
  it('is for implanted clients', () => {
    expect(assertMayCancel({ implanted: true }, false)).toEqual([]);
    expect(() => assertMayCancel({ implanted: false }, false)).toThrow(conflict('NOT_ACTIVE'));
  });
  it('believes CNT that the contract was active, with a warning', () => {
    expect(assertMayCancel({ implanted: false }, true)).toEqual(['NOT_IMPLANTED_IN_OZMAP']);
  });
  it('says what a withdrawal deletes when it mentions one', () => {
    expect(() => assertMayCancel({ implanted: false }, false)).toThrow(/withdrawal .*deletes the home/);
  });
});

describe('withdrawal', () => {
  it('is for clients that are not implanted', () => {
    expect(() => assertMayWithdraw({ implanted: false })).not.toThrow();
    expect(() => assertMayWithdraw({ implanted: true })).toThrow(conflict('ALREADY_ACTIVE'));
  });

  const client = { id: 'c2', code: '2', createdAt: '2025-01-01T10:00:00.000Z' };
  const own = { clientId: 'c2', code: '2' };
  const home = { buildingId: null, createdAt: client.createdAt, history: [own] };
  it('deletes a home that was made for this client', () => expect(homeFate(home, client, null)).toBe('DELETE'));
  it('keeps a flat that was not made for this client, as far as is known', () =>
    expect(homeFate({ ...home, buildingId: 'b1' }, client, null)).toBe('DETACH'));
  it('deletes a flat that was made for this reservation', () =>
    expect(homeFate({ ...home, buildingId: 'b1' }, client, false)).toBe('DELETE'));
  it('keeps a home with an earlier client in its history', () =>
    expect(homeFate({ ...home, history: [{ clientId: 'c1', code: '1' }, own] }, client, false)).toBe('DETACH'));
  it('keeps a home whose earlier client carried the same code', () =>
    expect(homeFate({ ...home, history: [{ clientId: 'c1', code: '2' }, own] }, client, null)).toBe('DETACH'));
  it('tells an earlier client that is gone by its code, where its id is not known', () => {
    const fate = (code: string | null) =>
      homeFate({ ...home, history: [{ clientId: null, code }, own] }, client, false);
    expect([fate('1'), fate('2'), fate(null)]).toEqual(['DETACH', 'DELETE', 'DELETE']);
  });
  it('keeps a home that the journal knows was taken over', () => expect(homeFate(home, client, true)).toBe('DETACH'));
  it('keeps a home that is older than its client, where no journal knows better', () => {
    const older = { ...home, createdAt: '2025-01-01T09:59:58.000Z' };
    expect(homeFate(older, client, null)).toBe('DETACH');
    expect(homeFate(older, client, false)).toBe('DELETE');
  });

  it.each([
    ['marked and kept', 'MARK', true, home, true],
    ['deleted where it is not to be kept', 'DELETE', true, home, false],
    ['kept in any case where it is a flat', 'MARK', true, { ...home, buildingId: 'b1' }, false],
    ['deleted where it was only reserved', 'DELETE', false, home, true],
    ['left as it is where it was only reserved, and is a flat', 'KEEP', false, { ...home, buildingId: 'b1' }, false],
  ] as const)('of a client that moves out leaves its home %s', (_, fate, implanted, left, keepsHome) =>
    expect(leftHomeFate(left, { ...client, implanted }, keepsHome)).toBe(fate),
  );
});

describe('odd shapes', () => {
  it('lists the clients that share a code', () => {
    expect(() => assertOneClient([{ id: 'a' }, { id: 'b' }])).toThrow(
      expect.objectContaining({
        reason: 'CODE_AMBIGUOUS',
        details: [
          { field: 'client', value: 'a' },
          { field: 'client', value: 'b' },
        ],
      }),
    );
  });
  it('lists the homes of a client with several', () => {
    expect(() => assertOneHome([{ id: 'a' }, { id: 'b' }])).toThrow(conflict('SEVERAL_PROPERTIES'));
    expect(assertOneHome([])).toBeNull();
  });
  it('shows the home that was changed last', () => {
    const homes = [
      { id: 'a', createdAt: '2025-01-01', updatedAt: '2025-01-05' },
      { id: 'b', createdAt: '2025-01-09', updatedAt: null },
      { id: 'c', createdAt: '2025-01-02', updatedAt: '2025-01-03' },
    ];
    expect(lastChanged(homes)?.id).toBe('b');
    expect(lastChanged([])).toBeNull();
  });
  it('shows the changed home before one that was made later and left as it was', () => {
    const changed = { id: 'a', createdAt: '2025-01-01', updatedAt: '2025-01-10' };
    const made = { id: 'b', createdAt: '2025-01-09', updatedAt: null };
    expect([lastChanged([changed, made]), lastChanged([made, changed])]).toEqual([changed, changed]);
  });
  it('shows the same one of two homes changed at the same instant, whatever their order', () => {
    const [a, b] = ['a', 'b'].map((id) => ({ id, createdAt: '2025-01-01', updatedAt: null }));
    if (!a || !b) throw new Error('two homes');
    expect([lastChanged([a, b])?.id, lastChanged([b, a])?.id]).toEqual(['b', 'b']);
  });
});

describe('words for OZmap’s flags', () => {
  const box = { draft: false, implanted: true, certified: false };
  it.each([
    [box, 'IMPLANTED'],
    [{ ...box, implanted: false }, 'NOT_IMPLANTED'],
    [{ ...box, certified: true }, 'CERTIFIED'],
    [{ ...box, draft: true, certified: true }, 'DRAFT'],
    [{ draft: null, implanted: null, certified: null }, null],
  ])('calls %j %s', (flags, status) => expect(implantationStatus(flags)).toBe(status));
  it.each([
    ['Splitter', 'SPLITTER'],
    ['splitter', 'SPLITTER'],
    ['Switch', 'SWITCH'],
    ['OLT', 'OTHER'],
  ])('calls equipment %s %s', (kind, word) => expect(equipmentKind(kind)).toBe(word));
});
