import { describe, expect, it } from 'vitest';
import {
  cancellationMark,
  hasCancellationMark,
  withCancellationMark,
  withoutLastCancellationMark,
  withRelocationMark,
} from '../../src/domain/cancellation-mark.js';

const day = new Date(2025, 2, 9, 23, 59);

describe('the cancellation mark', () => {
  it.each(['123', 'a/b', '123|123', '(x)*', 'a]b', '$&'])('names code %s and the day', (code) => {
    expect(cancellationMark(code, day)).toBe(`[CNT ${code}] cancelado 2025-03-09`);
    expect(hasCancellationMark(withCancellationMark('antes', code, day), code)).toBe(true);
  });
  it('stands alone in an empty observation', () => {
    expect(withCancellationMark(null, '1', day)).toBe('[CNT 1] cancelado 2025-03-09');
    expect(withCancellationMark('  ', '1', day)).toBe('[CNT 1] cancelado 2025-03-09');
  });
  it('is the last line after what stood there', () => {
    expect(withCancellationMark('Casa amarela', '1', day)).toBe('Casa amarela\n[CNT 1] cancelado 2025-03-09');
  });
  it('is written once, also on a later day', () => {
    const once = withCancellationMark('Casa amarela', '1', day);
    expect(withCancellationMark(once, '1', new Date(2026, 0, 1))).toBe(once);
  });
  it.each([
    ['[CNT 123] cancelado 2025-01-01', '12'],
    ['[CNT 123] cancelado 2025-01-01', '23'],
    ['[CNT 1] ligar antes', '1'],
    ['[CNT 1] canceladora', '1'],
    ['[cnt a] cancelado 2025-01-01', 'A'],
  ])('is not found in %j for code %s', (observation, code) => {
    expect(hasCancellationMark(observation, code)).toBe(false);
  });
  it('goes alone when it is taken out', () => {
    const observation = 'x\n[CNT 1] cancelado 2024-01-01\n[CNT 2] cancelado 2024-01-01\n[CNT 1] cancelado 2025-03-09';
    expect(withoutLastCancellationMark(observation, '1')).toBe(
      'x\n[CNT 1] cancelado 2024-01-01\n[CNT 2] cancelado 2024-01-01',
    );
    expect(withoutLastCancellationMark('[CNT 1] cancelado 2025-03-09', '1')).toBeNull();
    expect(withoutLastCancellationMark('x', '1')).toBe('x');
  });
});

describe('the relocation mark', () => {
  it('is written once and is no cancellation', () => {
    const marked = withRelocationMark('x', '1', day);
    expect(marked).toBe('x\n[CNT 1] mudou de endereço 2025-03-09');
    expect(withRelocationMark(marked, '1', day)).toBe(marked);
    expect(hasCancellationMark(marked, '1')).toBe(false);
  });
});
