import { describe, expect, it } from 'vitest';
import { distanceM, edgeWithin, isUsable, pathLengthM } from '../../src/domain/geo.js';

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

const metre = 1 / 111_195;
const ring = [
  { lat: 0, lng: 0 },
  { lat: 0, lng: 100 * metre },
  { lat: 100 * metre, lng: 100 * metre },
  { lat: 100 * metre, lng: 0 },
];
const at = (north: number, east: number) => ({ lat: north * metre, lng: east * metre });

describe('edgeWithin', () => {
  it('finds an edge from inside and from outside', () => {
    expect(edgeWithin(ring, at(50, 95), 6)).toBe(true);
    expect(edgeWithin(ring, at(50, 105), 6)).toBe(true);
  });
  it('finds the leg that closes an open ring', () => expect(edgeWithin(ring, at(50, -5), 6)).toBe(true));
  it('finds no edge deep inside or far outside', () => {
    expect(edgeWithin(ring, at(50, 50), 40)).toBe(false);
    expect(edgeWithin(ring, at(50, 200), 90)).toBe(false);
  });
  it('measures to a corner beyond the ends of both legs', () => {
    expect(edgeWithin(ring, at(-30, -40), 49)).toBe(false);
    expect(edgeWithin(ring, at(-30, -40), 51)).toBe(true);
  });
  it('knows no edge of nothing', () => expect(edgeWithin([], at(0, 0), 100)).toBe(false));
});
