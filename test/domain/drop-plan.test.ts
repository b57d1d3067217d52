import { describe, expect, it } from 'vitest';
import { assertDropLength, inOzmapOrder, planDrop } from '../../src/domain/drop-plan.js';
import type { Coordinates } from '../../src/domain/geo.js';
import { ConflictError } from '../../src/errors/app-error.js';

/** Metres north and east of a corner of the town. */
const at = (northM: number, eastM: number): Coordinates => ({
  lat: -19.9 + northM / 111_195,
  lng: -44 + eastM / (111_195 * Math.cos((19.9 * Math.PI) / 180)),
});
const location = at(0, 0);
const boxLocation = at(0, 100);
const nodes = [
  { id: 'p1', location: at(10, 20) },
  { id: 'p2', location: at(10, 50) },
  { id: 'p3', location: at(10, 80) },
];
const plan = (path: Coordinates[]) => planDrop({ location, boxLocation, path, nodes });

function refusalOf(act: () => unknown): ConflictError {
  try {
    act();
  } catch (error) {
    if (error instanceof ConflictError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('planDrop', () => {
  it('puts inner points within 5 m onto their poles, in order from the client', () => {
    const { poleIds } = plan([at(1, 1), at(12, 22), at(8, 47), at(10, 80), at(2, 98)]);
    expect(poleIds).toEqual(['p1', 'p2', 'p3']);
  });
  it('passes no pole between two points', () => {
    const straight = plan([location, boxLocation]);
    expect(straight.poleIds).toEqual([]);
    expect(straight.lengthM).toBeCloseTo(100, 0);
  });
  it('measures from the client over the poles to the box', () => {
    const expected = 2 * Math.hypot(10, 20) + 60;
    expect(plan([location, at(10, 20), at(10, 80), boxLocation]).lengthM).toBeCloseTo(expected, 0);
  });
  it('counts two points on one pole once', () => {
    expect(plan([location, at(10, 20), at(11, 21), boxLocation]).poleIds).toEqual(['p1']);
  });
  it('names the inner point that lies on nothing', () => {
    const refused = refusalOf(() => plan([location, at(10, 20), at(16, 50), boxLocation]));
    expect(refused.reason).toBe('DROP_OFF_NETWORK');
    expect(refused.details[0]).toEqual({ field: 'dropPath', value: '2', actual: 2 });
    expect(refused.details[1]).toMatchObject({ field: 'distanceM', limit: 5 });
    expect(refused.details[1]?.actual).toBeCloseTo(6, 0);
  });
  it('wants the first point at the client', () => {
    const refused = refusalOf(() => plan([at(0, 11), boxLocation]));
    expect(refused.details).toMatchObject([{ value: '0', actual: 0 }, { limit: 10 }]);
  });
  it('wants the last point at the box', () => {
    const refused = refusalOf(() => plan([location, at(10, 20), at(0, 88)]));
    expect(refused.details).toMatchObject([{ value: '2', actual: 2 }, { limit: 10 }]);
  });
  it('refuses a path of one point', () => {
    expect(() => plan([location])).toThrow(/two points/);
  });
  it('takes 200 points, and refuses one more', () => {
    const drawn = (points: number) => [location, ...Array.from({ length: points - 2 }, () => at(10, 20)), boxLocation];
    expect(plan(drawn(200)).poleIds).toEqual(['p1']);
    expect(() => plan(drawn(201))).toThrow(
      expect.objectContaining({ details: [{ field: 'dropPath', limit: 200, actual: 201 }] }),
    );
  });
});

describe('assertDropLength', () => {
  it('takes a drop as long as the limit', () => expect(() => assertDropLength(200, 200)).not.toThrow());
  it('takes any length where the project has no limit', () =>
    expect(() => assertDropLength(9_000, null)).not.toThrow());
  it('tells the limit and the length', () => {
    const refused = refusalOf(() => assertDropLength(200.126, 200));
    expect(refused.reason).toBe('DROP_TOO_LONG');
    expect(refused.details).toEqual([{ field: 'dropLengthM', limit: 200, actual: 200.13 }]);
  });
});

describe('inOzmapOrder', () => {
  it('turns the way from the client into the way from the box', () => {
    const fromClient = ['p1', 'p2', 'p3'];
    expect(inOzmapOrder(fromClient)).toEqual(['p3', 'p2', 'p1']);
    expect(fromClient).toEqual(['p1', 'p2', 'p3']);
  });
});
