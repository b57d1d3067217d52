import { describe, expect, it } from 'vitest';
import {
  asksRim,
  effectiveRadiusM,
  type Findings,
  isCertain,
  judge,
  type Search,
  searchRadiusM,
} from '../../src/domain/viability.js';

const radius = (given: Partial<Search> = {}): Search => ({
  mode: 'RADIUS',
  errorM: 0,
  radiusM: 150,
  polePinMaxM: 10,
  ...given,
});
const found = (given: Partial<Findings> = {}): Findings => ({
  viable: (given.offered?.length ?? 0) > 0,
  offered: [],
  refusedCount: 0,
  maxBoxes: 10,
  edgeInsideError: false,
  rim: [],
  ...given,
});
/** Boxes `a`, `b` and so on, so many metres away. */
const boxes = (...metres: number[]) => metres.map((distanceM, index) => ({ id: 'abcdef'[index] ?? '', distanceM }));
const rimOf = (...offers: string[][]) => offers.map((ids) => ({ viable: ids.length > 0, offeredIds: new Set(ids) }));

describe('effectiveRadiusM', () => {
  it('takes OZmap’s radius before the configured one', () => expect(effectiveRadiusM(150, 300, undefined)).toBe(150));
  it('takes the configured one where OZmap does not tell', () =>
    expect(effectiveRadiusM(null, 300, undefined)).toBe(300));
  it('lets the caller narrow it', () => expect(effectiveRadiusM(150, null, 80)).toBe(80));
  it('never lets the caller widen it', () => expect(effectiveRadiusM(150, null, 500)).toBe(150));
  it('knows nothing from the caller alone', () => expect(effectiveRadiusM(null, null, 80)).toBeNull());
});

describe('searchRadiusM', () => {
  it('leaves the radius to OZmap for an exact location', () => expect(searchRadiusM(radius())).toBeUndefined());
  it('widens it by the error', () => expect(searchRadiusM(radius({ errorM: 20 }))).toBe(170));
  it('leaves it to OZmap where nobody knows it', () =>
    expect(searchRadiusM(radius({ errorM: 20, radiusM: null }))).toBeUndefined());
  it('leaves it to OZmap in pole mode', () =>
    expect(searchRadiusM(radius({ errorM: 20, mode: 'POLES' }))).toBeUndefined());
});

describe('judge without error', () => {
  it('lets OZmap’s yes stand', () =>
    expect(judge(radius(), found({ offered: boxes(149) }))).toEqual({ verdict: 'VIABLE', reasons: [] }));
  it('lets OZmap’s no stand, with every box refused', () =>
    expect(judge(radius(), found({ refusedCount: 2 }))).toEqual({
      verdict: 'NOT_VIABLE',
      reasons: ['ALL_BOXES_REFUSED'],
    }));
  it('says that there is no box at all', () =>
    expect(judge(radius(), found())).toEqual({ verdict: 'NOT_VIABLE', reasons: ['NO_BOX_IN_RANGE'] }));
  it('never says yes against OZmap’s no', () =>
    expect(judge(radius(), found({ viable: false, offered: boxes(20) }))).toEqual({
      verdict: 'NOT_VIABLE',
      reasons: ['OTHER'],
    }));
});

describe('judge with an error, in radius mode', () => {
  const search = radius({ errorM: 30 });
  it('is viable when a box is in range from every point of the circle', () =>
    expect(judge(search, found({ offered: boxes(120, 179) })).verdict).toBe('VIABLE'));
  it('needs a pin when every box is in range from some points only', () =>
    expect(judge(search, found({ offered: boxes(120.01, 179) }))).toEqual({
      verdict: 'NEEDS_PIN',
      reasons: ['LOCATION_IMPRECISE'],
    }));
  it('is not viable when no box is in range from any point', () =>
    expect(judge(search, found())).toEqual({ verdict: 'NOT_VIABLE', reasons: ['NO_BOX_IN_RANGE'] }));
  it('never concludes a no from a list as long as OZmap’s maximum', () =>
    expect(judge(search, found({ refusedCount: 10 }))).toEqual({
      verdict: 'NEEDS_PIN',
      reasons: ['LOCATION_IMPRECISE', 'LIST_TRUNCATED'],
    }));
  it('counts offered boxes too in a list as long as OZmap’s maximum', () =>
    expect(judge(search, found({ viable: false, offered: boxes(5), refusedCount: 9 })).reasons).toContain(
      'LIST_TRUNCATED',
    ));
  it('needs a pin when nobody knows the radius, whatever is found', () => {
    const unknown = radius({ errorM: 30, radiusM: null });
    expect(judge(unknown, found({ offered: boxes(5) })).verdict).toBe('NEEDS_PIN');
    expect(judge(unknown, found()).verdict).toBe('NEEDS_PIN');
  });
  it('needs a pin when a condominium’s edge passes through the circle', () =>
    expect(judge(search, found({ offered: boxes(5), edgeInsideError: true })).verdict).toBe('NEEDS_PIN'));
  it('overlooks an edge within the few metres that need no pin', () =>
    expect(judge(radius({ errorM: 10 }), found({ offered: boxes(5), edgeInsideError: true })).verdict).toBe('VIABLE'));
});

describe('judge with an error, in pole mode', () => {
  const search = radius({ mode: 'POLES', errorM: 20 });
  const offered = boxes(80);
  it('lets a rooftop’s yes stand when the whole rim says yes', () =>
    expect(judge(search, found({ offered, rim: rimOf(['a'], ['b'], ['a'], ['a', 'b']) }))).toEqual({
      verdict: 'VIABLE',
      reasons: [],
    }));
  it('needs a pin when the rim says something else than the centre at some point', () => {
    const pin = { verdict: 'NEEDS_PIN', reasons: ['LOCATION_IMPRECISE'] };
    expect(judge(search, found({ offered, rim: rimOf(['a'], [], ['a'], ['a']) }))).toEqual(pin);
    expect(judge(search, found({ rim: rimOf([], [], ['a'], []) }))).toEqual(pin);
  });
  it('is a no when nobody says yes', () =>
    expect(judge(search, found({ refusedCount: 1, rim: rimOf([], [], [], []) })).verdict).toBe('NOT_VIABLE'));
  it('needs a pin, without asking the rim, where the circle is wider than OZmap’s search for a pole', () => {
    const vague = radius({ mode: 'POLES', errorM: 101 });
    expect(asksRim(vague)).toBe(false);
    expect(judge(vague, found({ offered })).verdict).toBe('NEEDS_PIN');
    expect([asksRim(search), asksRim(radius({ mode: 'POLES' })), asksRim(radius({ errorM: 20 }))]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('isCertain', () => {
  const certain = (distanceM: number, search: Search, edgeInsideError: boolean, ...rim: string[][]) =>
    isCertain({ id: 'a', distanceM }, search, { edgeInsideError, rim: rimOf(...rim) });
  it('is so for every box without error', () => expect(certain(149, radius(), false)).toBe(true));
  it('is so when the whole circle is in range', () => expect(certain(120, radius({ errorM: 30 }), false)).toBe(true));
  it('is not when part of the circle is out of range', () =>
    expect(certain(121, radius({ errorM: 30 }), false)).toBe(false));
  it('is not when a condominium’s edge passes through the circle', () =>
    expect(certain(1, radius({ errorM: 30 }), true)).toBe(false));
  it('is not when the radius is unknown', () =>
    expect(certain(1, radius({ errorM: 30, radiusM: null }), false)).toBe(false));
  it('is so in pole mode when it is offered all round', () => {
    const search = radius({ mode: 'POLES', errorM: 30 });
    expect(certain(1, search, false, ['a'], ['b', 'a'])).toBe(true);
    expect(certain(1, search, false, ['a'], ['b'])).toBe(false);
  });
});
