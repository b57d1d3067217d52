import { describe, expect, it } from 'vitest';
import { WARNING_CODES } from '../../src/domain/operation.js';
import {
  CONFLICT_REASONS,
  ConflictError,
  ERROR_CODES,
  FORBIDDEN_REASONS,
  NotFoundError,
} from '../../src/errors/app-error.js';
import { inLanguage, toProblem } from '../../src/errors/messages.js';
import { languageOf, sentenceFor } from '../../src/errors/sentences/sentence-for.js';
import { warningsOf } from '../../src/graph/mutation.js';

describe.each(['pt', 'en'] as const)('The sentences in %s', (language) => {
  const all = [...CONFLICT_REASONS, ...FORBIDDEN_REASONS];
  const reasons = all.map((reason) => sentenceFor({ code: 'CONFLICT', reason }, language));

  it('are there for every code, reason and warning, and end as sentences do', () => {
    const codes = ERROR_CODES.map((code) => sentenceFor({ code }, language));
    const warnings = inLanguage(language, () => warningsOf(WARNING_CODES)).map(({ message }) => message);
    for (const sentence of [...codes, ...reasons, ...warnings]) expect(sentence).toMatch(/^[A-ZÀ-Ú].{10,}\.$/s);
  });

  it('tell every reason apart', () => {
    expect(new Set(reasons).size).toBe(all.length);
  });

  it('do not recommend a withdrawal without saying that it deletes the home', () => {
    const sentence = sentenceFor({ code: 'CONFLICT', reason: 'NOT_ACTIVE' }, language);
    expect(sentence).toMatch(
      language === 'pt' ? /desistência.*apaga também o imóvel/ : /withdrawal.*deletes the property/,
    );
  });
});

describe('A sentence', () => {
  it('tells the measure and the limit of a drop that is too long', () => {
    const error = new ConflictError('DROP_TOO_LONG', 'x', [{ limit: 200, actual: 231.4 }]);
    expect(toProblem(error).message).toBe('O drop teria 231 m; o limite do projeto é 200 m.');
  });

  it('says of IN_PROGRESS that another operation of the contract is meant', () => {
    expect(toProblem(new ConflictError('IN_PROGRESS', 'x')).message).toMatch(/^Outra operação deste contrato/);
  });

  it('names what was not found', () => {
    expect(inLanguage('en', () => toProblem(new NotFoundError('boxId', 'b1'))).message).toMatch(
      /^The box was not found/,
    );
  });

  it('is null for a code that is not ours', () => {
    expect(sentenceFor({ code: 'NEVER_HEARD_OF' }, 'pt')).toBeNull();
  });
});

describe('The language', () => {
  it.each([
    [[], 'pt'],
    [['fr-FR', 'en-GB', 'pt-BR'], 'en'],
    [['*'], 'pt'],
    [['pt-BR', ' en;q=0.5'], 'pt'],
    [[' EN-us;q=0.8'], 'en'],
  ] as const)('of %j is %s', (tags, language) => {
    expect(languageOf(tags)).toBe(language);
  });
});
