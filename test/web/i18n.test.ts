import { describe, expect, it } from 'vitest';
import { REFUSAL_REASONS } from '../../src/domain/refusal.js';
import { CATALOGUES, createI18n, troubleText } from '../../src/web/shared/i18n/i18n.js';

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

  it('have a sentence for every reason why a box is refused', () => {
    for (const reason of REFUSAL_REASONS) expect(CATALOGUES.pt).toHaveProperty([`refusal.${reason}`]);
  });
});

describe('the language', () => {
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

  it('is the sentence that the server says, with its measures, else what the server sent', () => {
    const details = [{ field: 'dropLengthM', value: null, limit: 200, actual: 231.4 }];
    const tooLong = { code: 'CONFLICT', reason: 'DROP_TOO_LONG', message: null, details };
    expect(troubleText(i18n, tooLong)).toBe('O drop teria 231 m; o limite do projeto é 200 m.');
    expect(troubleText(createI18n('en'), tooLong)).toBe('The drop would be 231 m long; the project allows 200 m.');
    expect(said('CONFLICT', 'NEVER_HEARD_OF', 'A caixa pegou fogo.')).toBe('A caixa pegou fogo.');
    expect(said('NETWORK', null)).toBe('Sem conexão com o serviço. Tente de novo.');
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
