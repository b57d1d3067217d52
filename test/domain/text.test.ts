import { describe, expect, it } from 'vitest';
import { folded, foldedLine, subscriberOf, wordsOf } from '../../src/domain/text.js';

describe('What people type', () => {
  it.each(['São João', 'SÃO JOÃO', 'Sa\u0303o Joa\u0303o'])('is the same text written as %j', (text) => {
    expect(folded(text)).toBe('sao joao');
  });

  it('is the same line whatever its spaces, and keeps its signs', () => {
    expect(foldedLine('  Rua  São João,\t12 ')).toBe('rua sao joao, 12');
  });

  it('is words in whatever order and with whatever signs between them', () => {
    expect(wordsOf("Silva, João d'Ávila 2ª")).toEqual(['Silva', 'João', 'd', 'Ávila', '2ª']);
    expect(wordsOf(' - ')).toEqual(['-']);
  });

  it('is words that are composed, and whole where no letter has their marks', () => {
    expect(wordsOf('Joa\u0303o हिन्दी')).toEqual(['João', 'हिन्दी']);
  });

  it.each([
    ['+55 (31) 99876-1234', '98761234'],
    ['031 9876 1234', '98761234'],
    ['9876-1234', '98761234'],
    ['876-1234', null],
    ['1234', null],
    [null, null],
  ])('as the telephone number %j is the subscriber %j', (phone, subscriber) => {
    expect(subscriberOf(phone)).toBe(subscriber);
  });
});
