import { describe, expect, it } from 'vitest';
import { assertDocumentWithin, type DocumentLimits } from '../../src/http/document-size.js';

const LIMITS: DocumentLimits = { documentBytes: 200, documentTokens: 40, aliases: 2, fragments: 4, nesting: 3 };

function refused(text: string): unknown {
  try {
    assertDocumentWithin(text, LIMITS);
    return null;
  } catch (error) {
    const { limit, max, actual } = error as Record<string, unknown>;
    return { limit, max, actual };
  }
}

describe('A document is held, before it is parsed,', () => {
  it.each([
    ['its bytes', `{ a } # ${'é'.repeat(100)}`, { limit: 'documentBytes', max: 200, actual: 208 }],
    ['its tokens', `{ ${'a '.repeat(45)} }`, { limit: 'documentTokens', max: 40, actual: 41 }],
    ['its aliases', '{ a: x b: x c: x }', { limit: 'aliases', max: 2, actual: 3 }],
    ['fragments defined and spread', '{ ...A ...A ...A ...A ...A }', { limit: 'fragments', max: 4, actual: 5 }],
    ['its nesting', '{ a { b { c { d } } } }', { limit: 'nesting', max: 3, actual: 4 }],
  ])('to %s', (_, text, expected) => {
    expect(refused(text)).toEqual(expected);
  });

  it('to nothing of what stands in arguments, strings and comments', () => {
    expect(
      refused('query($a: ID, $b: ID, $c: ID) { x(i: $a, o: { p: 1, q: 2, r: "{{{{ a: b: c:" }) } # : : : {{{{'),
    ).toBe(null);
  });

  it('and left to the parser where it is no GraphQL', () => {
    expect(refused('{ a "')).toBe(null);
    expect(refused('')).toBe(null);
  });
});
