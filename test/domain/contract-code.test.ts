import { describe, expect, it } from 'vitest';
import { CONTRACT_CODE_MAX_LENGTH, parseContractCode } from '../../src/domain/contract-code.js';
import { BadUserInputError } from '../../src/errors/app-error.js';

describe('parseContractCode', () => {
  it.each([
    ['00123', '00123'],
    ['  00123 ', '00123'],
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

  it('takes the longest code there may be', () => {
    expect(parseContractCode('x'.repeat(CONTRACT_CODE_MAX_LENGTH))).toHaveLength(CONTRACT_CODE_MAX_LENGTH);
  });
});
