import { describe, expect, it } from 'vitest';
import { REFUSAL_REASONS } from '../../src/domain/refusal.js';
import { words as englishSteps } from '../../src/web/ozloc/words/en.js';
import { words as steps } from '../../src/web/ozloc/words/pt.js';
import { en } from '../../src/web/shared/i18n/en.js';
import { loadI18n, troubleText } from '../../src/web/shared/i18n/i18n.js';
import { pt } from '../../src/web/shared/i18n/pt.js';

const [portuguese, english] = await Promise.all([loadI18n('pt'), loadI18n('en')]);
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe('the catalogues', () => {
  const both: [Readonly<Record<string, string>>, Readonly<Record<string, string>>][] = [
    [pt, en],
    [steps, englishSteps],
  ];

  it('have the same keys, and none is empty', () => {
    for (const [ours, theirs] of both) {
      expect(Object.keys(theirs).sort()).toEqual(Object.keys(ours).sort());
      for (const [key, text] of [...Object.entries(ours), ...Object.entries(theirs)])
        expect(text.trim(), key).not.toBe('');
    }
  });

  it('name the same values in each sentence', () => {
    for (const [ours, theirs] of both) {
      for (const [key, text] of Object.entries(ours))
        expect(placeholders(theirs[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  it('have a sentence for every reason why a box is refused', () => {
    for (const reason of REFUSAL_REASONS) expect(steps).toHaveProperty([`refusal.${reason}`]);
  });
});

describe('the language', () => {
  it('writes distances and numbers of things as its readers do', () => {
    expect(portuguese.metres(8.46)).toBe('8,5\u00a0m');
    expect(portuguese.metres(1234.4)).toBe('1.234\u00a0m');
    expect([2_340, 10_669].map(portuguese.metres)).toEqual(['2,3\u00a0km', '11\u00a0km']);
    expect(portuguese.plural('offers.ports', 1)).toBe('1 porta livre');
    expect(portuguese.plural('offers.ports', 3)).toBe('3 portas livres');
    expect(english.metres(8.46)).toBe('8.5\u00a0m');
  });
});

describe('a refusal in words', () => {
  const said = (code: string, reason: string | null, message: string | null = null) =>
    troubleText(portuguese, { code, reason, message });

  it('is the sentence that the server says, with its measures, else what the server sent', () => {
    const details = [{ field: 'dropLengthM', value: null, limit: 200, actual: 231.4 }];
    const tooLong = { code: 'CONFLICT', reason: 'DROP_TOO_LONG', message: null, details };
    expect(troubleText(portuguese, tooLong)).toBe('O drop teria 231 m; o limite do projeto é 200 m.');
    expect(troubleText(english, tooLong)).toBe('The drop would be 231 m long; the project allows 200 m.');
    expect(said('CONFLICT', 'NEVER_HEARD_OF', 'A caixa pegou fogo.')).toBe('A caixa pegou fogo.');
    expect(said('NETWORK', null)).toBe('Sem conexão com o serviço. Tente de novo.');
    expect(said('NEVER_HEARD_OF', null)).toContain('Tente de novo');
  });

  it("gives OZmap's own words for what OZmap refused, and says it once where there are none", () => {
    const refused = { code: 'UPSTREAM_REFUSED', reason: null, message: 'O OZmap recusou a operação.' };
    const details = [{ field: 'ozmap', value: 'Box is locked' }];
    expect(troubleText(portuguese, { ...refused, details })).toBe('O OZmap recusou: Box is locked');
    expect(troubleText(portuguese, { ...refused, details: [] })).toBe('O OZmap recusou a operação.');
    expect(troubleText(english, { ...refused, details: [] })).toBe('OZmap refused the operation.');
  });
});
