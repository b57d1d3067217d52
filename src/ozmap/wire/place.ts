import type { Coordinates } from '../../domain/geo.js';
import type { HorizontalCondominium, Pole, Prospect } from '../types.js';
import { coordinatesIn, isObject, type WireRecord } from './record.js';

/** A row of `poles`, `points` or `base-points`; null when it stands nowhere. */
export function readPole(row: WireRecord): Pole | null {
  const location = row.location();
  return location === null ? null : { id: row.id, location };
}

/** A row of `horizontal-condominiums`. */
export function readCondominium(row: WireRecord): HorizontalCondominium {
  const polygon = outerRing(row.raw('polygon', 'area'));
  return { id: row.id, name: row.text('name') ?? '', polygon: polygon ?? row.lacks('polygon') };
}

/** A row of `prospects`. */
export function readProspect(row: WireRecord): Prospect {
  return {
    id: row.id,
    externalId: row.text('external_id'),
    code: row.text('code'),
    name: row.text('name'),
    location: row.location(),
  };
}

/** The outer ring of a GeoJSON polygon, of its bare coordinates, or of a plain list of points. */
function outerRing(value: unknown): Coordinates[] | null {
  if (isObject(value)) return outerRing(value.coordinates ?? value.geometry);
  if (!Array.isArray(value) || value.length === 0) return null;
  const points = value.map(coordinatesIn);
  if (points.every((point) => point !== null)) return points;
  return outerRing(value[0]);
}
