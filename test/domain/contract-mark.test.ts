import { describe, expect, it } from 'vitest';
import {
  dayOf,
  hasMark,
  lastMarked,
  markText,
  withMark,
  withMarkOf,
  withoutMark,
} from '../../src/domain/contract-mark.js';

const ZONE = 'America/Sao_Paulo';
const day = dayOf(new Date('2025-03-10T02:59:00Z'), ZONE);
const cancelled = (code: string, on = day) => ({ kind: 'cancelado' as const, code, day: on });
const ever = (code: string) => ({ ...cancelled(code), day: null });

describe('the mark of a contract', () => {
  it('has the day that it is in the configured zone, not in Greenwich', () => {
    const evening = new Date('2026-11-27T01:30:00Z');
    expect([dayOf(evening, ZONE), dayOf(evening, 'UTC')]).toEqual(['2026-11-26', '2026-11-27']);
  });
  it.each(['123', 'a/b', '123|123', '(x)*', 'a]b', '$&'])('names code %s and the day', (code) => {
    expect(markText(cancelled(code))).toBe(`[CNT ${code}] cancelado 2025-03-09`);
    expect(hasMark(withMark('antes', cancelled(code)), ever(code))).toBe(true);
  });
  it.each(['123', 'a]b', '[1] x'])('tells that %s left the home last', (code) => {
    const earlier = withMark('Casa [CNT 9]', { ...cancelled('1'), kind: 'mudou de endereço' });
    expect(lastMarked(withMark(earlier, cancelled(code)))).toBe(code);
    expect([lastMarked('[CNT 9] disse que volta'), lastMarked(null)]).toEqual([null, null]);
  });
  it('stands alone in an empty observation', () => {
    expect(withMark(null, cancelled('1'))).toBe('[CNT 1] cancelado 2025-03-09');
    expect(withMark('  ', cancelled('1'))).toBe('[CNT 1] cancelado 2025-03-09');
  });
  it('is the last line after what stood there, once', () => {
    const once = withMark('Casa amarela', cancelled('1'));
    expect(once).toBe('Casa amarela\n[CNT 1] cancelado 2025-03-09');
    expect(withMark(once, cancelled('1'))).toBe(once);
  });
  it('takes the place of that of an earlier day, and of no other contract', () => {
    const earlier = '[CNT 1] cancelado 2024-01-15\nCasa amarela\n[CNT 12] cancelado 2024-01-15';
    expect(withMark(earlier, cancelled('1'))).toBe(
      'Casa amarela\n[CNT 12] cancelado 2024-01-15\n[CNT 1] cancelado 2025-03-09',
    );
    expect(hasMark(earlier, cancelled('1'))).toBe(false);
  });
  it.each([
    ['[CNT 123] cancelado 2025-01-01', '12'],
    ['[CNT 123] cancelado 2025-01-01', '23'],
    ['[CNT 1] ligar antes', '1'],
    ['[CNT 1] canceladora', '1'],
    ['[cnt a] cancelado 2025-01-01', 'A'],
    ['[CNT 1] mudou de endereço 2025-01-01', '1'],
    ['[CNT 1] mudou de titular 2025-01-01', '1'],
  ])('is not found in %j for code %s', (observation, code) => {
    expect(hasMark(observation, ever(code))).toBe(false);
  });
  it('goes alone when it is taken out', () => {
    expect(withoutMark('x\n[CNT 2] cancelado 2024-01-01\n[CNT 1] cancelado 2025-03-09', ever('1'))).toBe(
      'x\n[CNT 2] cancelado 2024-01-01',
    );
    expect(withoutMark('[CNT 1] cancelado 2025-03-09', ever('1'))).toBeNull();
    expect(withoutMark('x', ever('1'))).toBe('x');
  });
  it('leaves the one of an earlier day behind when it is taken back, also beside what others wrote since', () => {
    const before = '[CNT 1] cancelado 2024-01-15\nCasa amarela';
    const after = withMark(before, cancelled('1'));
    expect(withMarkOf(before, after, ever('1'))).toBe(before);
    expect(withMarkOf(before, `${after}\nPortão azul`, ever('1'))).toBe(
      'Casa amarela\nPortão azul\n[CNT 1] cancelado 2024-01-15',
    );
    expect(withMarkOf('Casa amarela', withMark('Casa amarela', cancelled('1')), ever('1'))).toBe('Casa amarela');
  });
});
