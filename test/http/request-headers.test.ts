import { describe, expect, it } from 'vitest';
import { cntUserFrom, tokenFrom } from '../../src/http/request-headers.js';

const asHeader = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('The token of a request', () => {
  it.each([
    ['abc', 'abc'],
    ['Bearer abc', 'abc'],
    ['  bearer   abc ', 'abc'],
    ['', null],
    ['Bearer ', null],
    ['a b', null],
    ['caf\u00e9', null],
  ])('is read from Authorization: %j', (authorization, token) => {
    expect(tokenFrom({ authorization })).toBe(token);
  });

  it('is null without the header', () => {
    expect(tokenFrom({})).toBeNull();
  });
});

describe('X-CNT-User', () => {
  it('is repaired when it came as UTF-8, and kept when it came as Latin-1', () => {
    expect(cntUserFrom({ 'x-cnt-user': asHeader('José da Conceição') })).toBe('José da Conceição');
    expect(cntUserFrom({ 'x-cnt-user': 'Jos\u00e9' })).toBe('José');
  });

  it('is trimmed, one line, and at most 120 characters', () => {
    expect(cntUserFrom({ 'x-cnt-user': '  maria\tsilva ' })).toBe('maria silva');
    expect(cntUserFrom({ 'x-cnt-user': asHeader('ã'.repeat(200)) })).toBe('ã'.repeat(120));
    expect(cntUserFrom({ 'x-cnt-user': '   ' })).toBeNull();
    expect(cntUserFrom({})).toBeNull();
  });

  it('loses what has no shape or turns the direction of its neighbours', () => {
    expect(cntUserFrom({ 'x-cnt-user': asHeader('ma\u200bria\u202e avlis\u2069\ufeff') })).toBe('maria avlis');
    expect(cntUserFrom({ 'x-cnt-user': asHeader('\u200e\u200f') })).toBeNull();
    expect(cntUserFrom({ 'x-cnt-user': asHeader('maria\u2028silva') })).toBe('maria silva');
  });
});
