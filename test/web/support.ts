import type { Action } from '../../src/web/ozloc/state/actions.js';
import { movedBy } from '../../src/web/ozloc/state/geometry.js';
import { reduce } from '../../src/web/ozloc/state/reducer.js';
import {
  initialState,
  type Offer,
  type OzlocState,
  type Pole,
  type Viability,
} from '../../src/web/ozloc/state/state.js';
import { createStore, type Store } from '../../src/web/shared/store.js';

export const HOME = { lat: -19.4624, lng: -44.2526 };

/** A point some metres east and north of the client. */
export const at = (eastM: number, northM = 0) => movedBy(HOME, eastM, northM);

export function aPole(id: string, eastM: number, northM = 0): Pole {
  return { id, ...at(eastM, northM) };
}

export function anOffer(id: string, eastM: number, over: { limitM?: number | null; freePorts?: number } = {}): Offer {
  const { limitM = 200, freePorts = 4 } = over;
  const project = { dropMaxLengthM: limitM };
  const box = {
    id,
    name: `CTO ${id}`,
    ...at(eastM),
    status: 'IMPLANTED' as const,
    type: { id: 't', code: 'CTO 1:16' },
    project,
  };
  return { box, distanceM: eastM, freePorts, dropLengthM: eastM, dropPath: null, certain: true };
}

export function anAnswer(over: Partial<Viability> = {}): Viability {
  return {
    verdict: 'VIABLE',
    reasons: [],
    searchRadiusM: null,
    location: null,
    candidates: [],
    boxes: [anOffer('A', 60), anOffer('B', 120)],
    refusedBoxes: [],
    buildings: [],
    condominiums: [],
    reusableProperties: [],
    ...over,
  };
}

/** A page that stands at the client with an answer. */
export function pageAtHome(over: Partial<OzlocState> = {}): Store<OzlocState, Action> {
  const state = initialState({
    access: 'granted',
    position: { ...HOME, accuracyM: 0, source: 'pin', precision: 'PIN', address: null },
    viability: { status: 'ready', answer: anAnswer(), trouble: null, asked: null },
    ...over,
  });
  return createStore(reduce, state);
}
