import { describe, expect, it } from 'vitest';
import { distanceToAreaM, edgeWithin } from '../../src/domain/viability.js';

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

describe('distanceToAreaM', () => {
  it('is nothing inside, and the way to the nearest edge or corner outside, whether the ring is closed or open', () => {
    for (const area of [ring, [...ring, ...ring.slice(0, 1)]]) {
      expect(distanceToAreaM(area, at(50, 50))).toBe(0);
      expect(distanceToAreaM(area, at(50, 130))).toBeCloseTo(30, 3);
      expect(distanceToAreaM(area, at(-30, -40))).toBeCloseTo(50, 3);
    }
  });
  it('leaves a notch outside', () => {
    const notched = [at(0, 0), at(0, 100), at(100, 100), at(20, 50), at(100, 0)];
    expect(distanceToAreaM(notched, at(80, 50))).toBeGreaterThan(10);
    expect(distanceToAreaM(notched, at(10, 50))).toBe(0);
  });
});
