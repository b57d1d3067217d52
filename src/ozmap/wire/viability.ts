import { type Coordinates, distanceM } from '../../domain/geo.js';
import { REFUSAL_KEYS } from '../assumptions.js';
import type { RefusedViabilityBox, ViabilityAnswer, ViabilityBox } from '../types.js';
import { isObject, WireRecord } from './record.js';

type Common = Omit<ViabilityBox, 'availability'>;
type Reason = RefusedViabilityBox['reasons'][number];

/** An answer of `ftth-viability/…`. `at` is where it was asked for, for refused boxes that come without their distance. */
export function readViability(route: string, json: unknown, at: Coordinates): ViabilityAnswer {
  const body = WireRecord.of(route, '', json);
  return {
    viable: body.needFlag('viable'),
    boxes: body.needChildren('boxes').map((box) => ({
      ...readCommon(box, null),
      availability: box.needNumber('availability'),
    })),
    refusedBoxes: body.children('refused_boxes', 'refusedBoxes').map((box) => ({
      ...readCommon(box, at),
      availability: box.number('availability'),
      reasons: REFUSAL_KEYS.flatMap((key) => readReasons(box.raw(key))),
    })),
    propertyIds: body.children('properties').map((property) => property.id),
  };
}

function readCommon(box: WireRecord, at: Coordinates | null): Common {
  const location = box.location();
  const measured = at && location ? Math.round(distanceM(at, location) * 100) / 100 : null;
  return {
    id: box.id,
    name: box.text('name') ?? '',
    location,
    distanceM: box.number('distance') ?? measured ?? box.lacks('distance'),
    projectId: box.reference('project'),
    implanted: box.flag('implanted'),
    condominiumIds: box.references('horizontal_condos').filter((id) => id !== null),
    dropLengthM: box.number('drop_length', 'dropLength', 'path_length'),
  };
}

/** A reason may be a text, a code, a number, an object, or a list of these. */
function readReasons(value: unknown): Reason[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap(readReasons);
  if (typeof value === 'number') return [reason(String(value), null)];
  if (typeof value === 'string') return [looksLikeCode(value) ? reason(value, null) : reason(null, value)];
  if (!isObject(value)) return [];
  const record = WireRecord.of('ftth-viability', 'refused_boxes[].reason', value);
  return [
    {
      code: record.text('code', 'reason', 'type', 'key'),
      message: record.text('message', 'text', 'description'),
      limitM: record.number('limit', 'limitM', 'max', 'maxSize'),
      actualM: record.number('actual', 'actualM', 'value', 'length', 'distance'),
    },
  ];
}

function reason(code: string | null, message: string | null): Reason {
  return { code, message, limitM: null, actualM: null };
}

/** `NO_FREE_PORT`, not "Sem porta livre". */
function looksLikeCode(text: string): boolean {
  return /^[A-Z][A-Z0-9]*([_-][A-Z0-9]+)*$/.test(text);
}
