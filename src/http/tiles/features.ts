import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { City, LatLng } from '../../city/city.js';

/** By its name, as the source writes it: `Av. JOAO CESAR DE OLIVEIRA`. */
const AVENUE = /^(av|avenida|rod|rodovia|via expressa|anel)\b/i;

/** Streets with their names, in the order that lets avenues be drawn over streets. */
export function streetFeatures({ streets }: City): FeatureCollection {
  return collection(
    streets.map(({ name, path }) => ({
      type: 'Feature',
      geometry: { type: 'LineString', coordinates: path.map(position) },
      properties: { ...(name !== null && { name }), kind: name !== null && AVENUE.test(name) ? 'avenue' : 'street' },
    })),
  );
}

export function neighbourhoodFeatures({ neighbourhoods }: City): FeatureCollection {
  return collection(
    neighbourhoods.map(({ name, polygons }) => ({
      type: 'Feature',
      geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map((ring) => ring.map(position))) },
      properties: { name },
    })),
  );
}

export function doorFeatures({ addresses }: City): FeatureCollection {
  return collection(
    addresses.flatMap((door) =>
      door.number === null
        ? []
        : [
            {
              type: 'Feature' as const,
              geometry: { type: 'Point' as const, coordinates: position(door) },
              properties: { number: door.number },
            },
          ],
    ),
  );
}

function collection(features: Feature<Geometry>[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function position({ lat, lng }: LatLng): [number, number] {
  return [lng, lat];
}
