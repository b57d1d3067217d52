import { describe, expect, it } from 'vitest';
import {
  bearingDegrees,
  circle,
  distanceM,
  formatCoordinates,
  movedBy,
  parseCoordinates,
  pathLengthM,
} from '../../src/web/ozloc/state/geometry.js';
import { at, HOME } from './support.js';

describe('coordinates as people type them', () => {
  it.each([
    ['-19.93211, -44.05388', -19.93211, -44.05388],
    ['-19,93211; -44,05388', -19.93211, -44.05388],
    ['-19.93211 -44.05388', -19.93211, -44.05388],
    ['(-19.9, -44)', -19.9, -44],
    ['−19,93211; −44,05388', -19.93211, -44.05388],
    ['-19.93211°, -44.05388°', -19.93211, -44.05388],
  ])('reads %s', (text, lat, lng) => expect(parseCoordinates(text)).toEqual({ lat, lng }));

  it.each(['Rua A, 10', '10, 20', '91.5, 10.2', '', '-19.9'])('leaves %s to the geocoder', (text) =>
    expect(parseCoordinates(text)).toBeNull(),
  );

  it('writes what it reads', () => expect(parseCoordinates(formatCoordinates(HOME))).toEqual(HOME));
});

describe('metres', () => {
  it('moves and measures alike', () => {
    expect(distanceM(HOME, movedBy(HOME, 30, 40))).toBeCloseTo(50, 2);
    expect(pathLengthM([HOME, at(30), at(30, 40)])).toBeCloseTo(70, 2);
    expect(pathLengthM([HOME])).toBe(0);
    expect(bearingDegrees(HOME, at(10))).toBeCloseTo(90, 3);
    expect(bearingDegrees(HOME, at(0, -10))).toBeCloseTo(180, 3);
  });

  it('draws a closed circle of the radius', () => {
    const ring = circle(HOME, 25);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const point of ring) expect(distanceM(HOME, point)).toBeCloseTo(25, 1);
  });
});
