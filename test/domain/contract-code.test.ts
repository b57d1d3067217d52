import { describe, expect, it } from 'vitest';
import { CONTRACT_CODE_MAX_LENGTH, parseContractCode } from '../../src/domain/contract-code.js';
import { BadUserInputError } from '../../src/errors/app-error.js';

describe('parseContractCode', () => {
  it.each([
    ['00123', '00123'],
    ['  00123 ', '00123'],
    ['00123\r\n', '00123'],
    ['123|123', '123|123'],
    ['a/b', 'a/b'],
    ['ção 7', 'ção 7'],
    [123, '123'],
    [0, '0'],
  ])('takes %j as %j', (given, code) => {
    expect(parseContractCode(given)).toBe(code);
  });

  it.each([[''], ['   '], [null], [undefined], [1.5], [Number.NaN], [true], [{}], ['a\nb'], ['x'.repeat(201)]])(
    'refuses %j',
    (given) => {
      expect(() => parseContractCode(given)).toThrow(BadUserInputError);
    },
  );

  it.each([
    ['a zero-width space', '100002\u200b'],
    ['a soft hyphen', '10\u00ad0002'],
    ['a mark that turns the direction', '\u202e200001'],
    ['a byte order mark inside', '10\ufeff0002'],
    ['a byte order mark before it', '\ufeff100002'],
    ['a byte order mark behind it', '100002\ufeff '],
    ['a line separator', '10\u20280002'],
    ['half a surrogate pair', '100002\ud800'],
  ])('refuses %s, which would make a second contract that looks the same', (_what, given) => {
    expect(() => parseContractCode(given)).toThrow(BadUserInputError);
  });

  it('refuses a number too large to be exact, which may have been another contract', () => {
    expect(() => parseContractCode(2 ** 53)).toThrow(BadUserInputError);
    expect(parseContractCode(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991');
  });

  it('takes a letter with its accent for the same code however it is encoded', () => {
    expect(parseContractCode('Tele\u0301-7')).toBe('Tel\u00e9-7');
    expect(parseContractCode('Tel\u00e9-7')).toBe('Tel\u00e9-7');
  });

  it('takes letters of any script, and signs beyond the first plane', () => {
    expect(parseContractCode('契約-\u{1F4E1}')).toBe('契約-\u{1F4E1}');
  });

  it('takes the longest code there may be', () => {
    expect(parseContractCode('x'.repeat(CONTRACT_CODE_MAX_LENGTH))).toHaveLength(CONTRACT_CODE_MAX_LENGTH);
  });
});
