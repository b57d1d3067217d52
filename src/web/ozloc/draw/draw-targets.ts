import type { LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { OzlocState, Pole } from '../state/state.js';
import { nearestTarget, SNAP_RADIUS_PX, type Target } from './snapping.js';

export type DrawTarget = { kind: 'pole'; pole: Pole; at: LatLng } | { kind: 'box'; boxId: string; at: LatLng };

/** Boxes hang on poles: within this distance a click means the box. */
const BOX_RADIUS_PX = 15;

/** The pole or the box on offer under the pointer: the only points that a drop may have, since OZmap can hold no others. */
export function drawTarget(
  state: OzlocState,
  at: { x: number; y: number },
  project: (point: LatLng) => { x: number; y: number },
): DrawTarget | null {
  const boxes = (state.viability.answer?.boxes ?? []).flatMap(({ box }): Target<DrawTarget>[] => {
    const place = located(box);
    return place ? [{ ...project(place), value: { kind: 'box', boxId: box.id, at: place } }] : [];
  });
  const box = nearestTarget(at, boxes, BOX_RADIUS_PX);
  if (box) return box;
  const poles = state.poles.list.map((pole): Target<DrawTarget> => {
    const place = { lat: pole.lat, lng: pole.lng };
    return { ...project(place), value: { kind: 'pole', pole, at: place } };
  });
  return nearestTarget(at, poles, SNAP_RADIUS_PX);
}
