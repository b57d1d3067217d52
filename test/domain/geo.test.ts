import { describe, expect, it } from 'vitest';
import { boundsAround, distanceM, isUsable, METRES_PER_DEGREE, pathLengthM } from '../../src/domain/geo.js';

const pole = { lat: 90, lng: 0 };
const QUARTER_M = 10_007_557;

describe('distances', () => {
  it('are those of the great circle, in metres', () => {
    expect(distanceM({ lat: 0, lng: 0 }, { lat: 0, lng: 90 })).toBeCloseTo(QUARTER_M, -1);
    expect(distanceM(pole, { lat: 0, lng: -44 })).toBeCloseTo(QUARTER_M, -1);
    expect(distanceM({ lat: 60, lng: 0 }, { lat: 60, lng: 0.001 })).toBeCloseTo(55.6, 1);
  });
  it('add up along a path, to nothing for a single point', () => {
    expect(pathLengthM([{ lat: 0, lng: 0 }, pole, { lat: 0, lng: 90 }])).toBeCloseTo(2 * QUARTER_M, -1);
    expect([pathLengthM([pole]), pathLengthM([])]).toEqual([0, 0]);
  });
});

describe('isUsable', () => {
  it.each([
    [-19.9, -44, true],
    [0, -44, true],
    [-19.9, 0, true],
    [90, 180, true],
    [0, 0, false],
    [90.1, 0, false],
    [0, -180.1, false],
    [Number.NaN, 0, false],
    [-19.9, Number.POSITIVE_INFINITY, false],
  ])('says of %d, %d: %s', (lat, lng, usable) => expect(isUsable({ lat, lng })).toBe(usable));
});

describe('boundsAround', () => {
  it('leaves the margin on every side, in metres', () => {
    const { south, north, west, east } = boundsAround(
      [
        { lat: 60, lng: 1 },
        { lat: 60.1, lng: 1.2 },
      ],
      5,
    );
    const metres = [60 - south, north - 60.1, (1 - west) / 2, (east - 1.2) / 2].map(
      (degrees) => degrees * METRES_PER_DEGREE,
    );
    for (const margin of metres) expect(margin).toBeCloseTo(5, 6);
  });
});
