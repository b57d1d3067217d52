import { type Facts, factText } from '../../domain/facts.js';
import { boxFull, portTaken } from '../../domain/port-choice.js';
import type { AppError } from '../../errors/app-error.js';
import { placeOf } from './place-facts.js';
import { unexpected } from './read-back.js';

/** Why an earlier run began its undo, told by whoever ends it: from the fact `undo`, a reason or a code, and the place that was asked for. */
export function undoneProblem(facts: Facts): AppError {
  const why = factText(facts, 'undo');
  const place = placeOf(facts);
  if (place && why === 'BOX_FULL') return boxFull(place.boxId);
  if (place?.target && why === 'PORT_TAKEN') return portTaken(place.target.connectorId, place.target.port);
  return unexpected(['property']);
}
