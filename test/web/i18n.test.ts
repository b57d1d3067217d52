import { describe, expect, it } from 'vitest';
import { REFUSAL_REASONS } from '../../src/domain/refusal.js';
import { CONFLICT_REASONS, ERROR_CODES, FORBIDDEN_REASONS } from '../../src/errors/app-error.js';
import { CATALOGUES, createI18n, pickLanguage } from '../../src/web/shared/i18n/i18n.js';
import { troubleText } from '../../src/web/shared/i18n/trouble-text.js';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the catalogues', () => {
  it('have the same keys, and none is empty', () => {
    expect(Object.keys(CATALOGUES.en).sort()).toEqual(Object.keys(CATALOGUES.pt).sort());
    for (const catalogue of Object.values(CATALOGUES)) {
      for (const [key, text] of Object.entries(catalogue)) expect(text.trim(), key).not.toBe('');
    }
  });

  it('name the same values in each sentence', () => {
    for (const [key, text] of Object.entries(CATALOGUES.pt)) {
      expect(placeholders(CATALOGUES.en[key as keyof typeof CATALOGUES.en]), key).toEqual(placeholders(text));
    }
  });

  it('have a sentence for every refusal that a sale may meet', () => {
    const elsewhere = [
      'NOT_ACTIVE',
      'ALREADY_ACTIVE',
      'OBSERVATION_CHANGED',
      'PLAN_CHANGED',
      'UNDO_EXPIRED',
      'PORT_NO_LONGER_FREE',
    ];
    const reasons = CONFLICT_REASONS.filter((reason) => !elsewhere.includes(reason));
    for (const code of [...ERROR_CODES, ...reasons, ...FORBIDDEN_REASONS]) expect(CATALOGUES.pt).toHaveProperty([`problem.${code}`]);
    for (const reason of REFUSAL_REASONS) expect(CATALOGUES.pt).toHaveProperty([`refusal.${reason}`]);
  });
});

describe('the language', () => {
  it('is Portuguese unless the address or the browser asks for English', () => {
    expect(pickLanguage(null, [])).toBe('pt');
    expect(pickLanguage(null, ['fr-FR', 'en-GB', 'pt-BR'])).toBe('en');
    expect(pickLanguage('en', ['pt-BR'])).toBe('en');
    expect(pickLanguage('de', ['en'])).toBe('pt');
  });

  it('writes distances and numbers of things as its readers do', () => {
    const pt = createI18n('pt');
    expect(pt.metres(8.46)).toBe('8,5\u00a0m');
    expect(pt.metres(1234.4)).toBe('1.234\u00a0m');
    expect(pt.plural('offers.ports', 1)).toBe('1 porta livre');
    expect(pt.plural('offers.ports', 3)).toBe('3 portas livres');
    expect(createI18n('en').metres(8.46)).toBe('8.5\u00a0m');
  });
});

describe('a refusal in words', () => {
  const i18n = createI18n('pt');
  const said = (code: string, reason: string | null, message: string | null = null) =>
    troubleText(i18n, { code, reason, message });

  it('goes by the reason, then the code, then what the server said', () => {
    expect(said('CONFLICT', 'BOX_FULL')).toContain('última porta');
    expect(said('CONFLICT', 'NEVER_HEARD_OF', 'A caixa pegou fogo.')).toBe('A caixa pegou fogo.');
    expect(said('NEVER_HEARD_OF', null)).toContain('Tente de novo');
  });

  it("gives OZmap's own words for what OZmap refused, and says it once where there are none", () => {
    const refused = { code: 'UPSTREAM_REFUSED', reason: null, message: 'O OZmap recusou a operação.' };
    const details = [{ field: 'ozmap', value: 'Box is locked' }];
    expect(troubleText(i18n, { ...refused, details })).toBe('O OZmap recusou: Box is locked');
    expect(troubleText(i18n, { ...refused, details: [] })).toBe('O OZmap recusou a operação.');
    expect(troubleText(createI18n('en'), { ...refused, details: [] })).toBe('OZmap refused the operation.');
  });
});
