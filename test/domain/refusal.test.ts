import { describe, expect, it } from 'vitest';
import { refusalDetails, refusalReason } from '../../src/domain/refusal.js';

describe('refusalReason', () => {
  it.each([
    ['NO_FREE_PORT', null, 'NO_FREE_PORT'],
    ['no_free_port', null, 'NO_FREE_PORT'],
    [null, 'Caixa sem portas livres', 'NO_FREE_PORT'],
    [null, 'Sem porta disponível', 'NO_FREE_PORT'],
    [null, 'The drop is longer than the limit', 'DROP_TOO_LONG'],
    [null, 'Comprimento do drop acima do limite', 'DROP_TOO_LONG'],
    [null, 'Caixa em projeto', 'DRAFT'],
    ['BOX_IS_DRAFT', null, 'DRAFT'],
    [null, 'Sem equipamento de atendimento', 'NO_SERVICE_EQUIPMENT'],
    [null, 'Etiqueta não permitida', 'TAG_MISMATCH'],
    [null, 'Fora do condomínio', 'OUTSIDE_CONDOMINIUM'],
    [null, 'Fora do raio de busca', 'OUT_OF_RANGE'],
    ['MOON_PHASE', 'A lua não deixa', 'OTHER'],
    [null, null, 'OTHER'],
  ])('understands %j %j as %s', (code, message, reason) => {
    expect(refusalReason({ code, message })).toBe(reason);
  });
});

describe('refusalDetails', () => {
  const nothing = { limitM: null, actualM: null };
  it('keeps the message of what it does not know', () => {
    const reasons = [{ code: 'X9', message: 'A lua não deixa', ...nothing }];
    expect(refusalDetails({ availability: 3, reasons })).toEqual([
      { code: 'OTHER', message: 'A lua não deixa', ...nothing },
    ]);
  });
  it('keeps a code that it does not know, where there is no message', () => {
    const reasons = [{ code: 'X9', message: null, ...nothing }];
    expect(refusalDetails({ availability: 3, reasons })).toMatchObject([{ code: 'OTHER', message: 'X9' }]);
  });
  it('keeps what was measured', () => {
    const reasons = [{ code: 'DROP_TOO_LONG', message: null, limitM: 200, actualM: 231.4 }];
    expect(refusalDetails({ availability: 3, reasons })[0]).toMatchObject({ limitM: 200, actualM: 231.4 });
  });
  it('reads a full box off its count when OZmap gives no reason', () => {
    expect(refusalDetails({ availability: 0, reasons: [] })[0]?.code).toBe('NO_FREE_PORT');
  });
  it('never leaves a refused box without a reason', () => {
    expect(refusalDetails({ availability: null, reasons: [] })[0]?.code).toBe('OTHER');
  });
});
