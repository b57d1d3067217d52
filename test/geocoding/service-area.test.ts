import { describe, expect, it } from 'vitest';
import { areaOfGeoJson } from '../../src/geocoding/service-area.js';

const SQUARE = [
  [-49.2, -16.2],
  [-49.2, -16.1],
  [-49.1, -16.1],
  [-49.1, -16.2],
  [-49.2, -16.2],
];
const HOLE = SQUARE.map(([lng = 0, lat = 0]) => [-49.15 + (lng + 49.15) / 2, -16.15 + (lat + 16.15) / 2]);
const EAST = SQUARE.map(([lng = 0, lat = 0]) => [lng + 1, lat]);
const INSIDE = { lat: -16.18, lng: -49.18 };
const IN_HOLE = { lat: -16.15, lng: -49.15 };

describe('The service area of a GeoJSON file', () => {
  it.each([
    ['a geometry', { type: 'Polygon', coordinates: [SQUARE, HOLE] }],
    ['a feature', { type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: [[SQUARE, HOLE], [EAST]] } }],
    [
      'a collection of geometries, of which some are no areas',
      {
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', geometry: null },
          { type: 'Feature', geometry: { type: 'Point', coordinates: [-49, -16] } },
          {
            type: 'Feature',
            geometry: {
              type: 'GeometryCollection',
              geometries: [{ type: 'Polygon', coordinates: [SQUARE.map((at) => [...at, 812.5]), HOLE] }],
            },
          },
        ],
      },
    ],
  ])('is what its polygons cover without their holes: %s', (_shape, json) => {
    const area = areaOfGeoJson(json);
    expect(area.covers(INSIDE)).toBe(true);
    expect(area.covers(IN_HOLE)).toBe(false);
    expect(area.covers({ lat: -16.3, lng: -49.15 })).toBe(false);
    expect(area.bounds()).toMatchObject({ south: -16.2, north: -16.1, west: -49.2 });
  });

  it.each([
    ['no area', { type: 'FeatureCollection', features: [] }, /has no Polygon and no MultiPolygon/],
    ['a line', { type: 'LineString', coordinates: SQUARE }, /has no Polygon and no MultiPolygon/],
    ['latitude first', { type: 'Polygon', coordinates: [SQUARE.map((at) => at.toReversed())] }, /outside of Brazil/],
    [
      'metres instead of degrees',
      { type: 'Polygon', coordinates: [SQUARE.map(() => [692_431.2, 8_213_004.9])] },
      /not \[longitude, latitude\]/,
    ],
    [
      'a position of texts',
      { type: 'Polygon', coordinates: [[...SQUARE.slice(1), ['-49.2', '-16.2']]] },
      /Polygon: position \["-49.2","-16.2"\]/,
    ],
    ['a ring of two positions', { type: 'Polygon', coordinates: [SQUARE.slice(0, 2)] }, /has 2 positions/],
    ['a ring too few around', { type: 'Polygon', coordinates: SQUARE }, /not \[longitude, latitude\]/],
  ])('is refused where the file holds %s', (_what, json, message) => {
    expect(() => areaOfGeoJson(json)).toThrow(message);
  });
});
