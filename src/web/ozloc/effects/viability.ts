import { OzlocBoxesDocument, OzlocViabilityDocument, type ViabilityInput } from '../../../generated/operations.js';
import { RequestFailed } from '../../shared/graphql-client.js';
import { distanceM, type LatLng, parseCoordinates } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import { LONGEST_ADDRESS, type OzlocState, type Viability } from '../state/state.js';
import { type EffectContext, isAborted, needsToken, tookAwayAccess, troubleOf } from './context.js';

/** How far the network is looked for where it does not reach. */
const NETWORK_WITHIN_M = 2_000;
/** So many boxes are looked through for one that is more than a project. */
const MOST_PLANNED = 50;
/** Rounding moves no point this far. */
const SAME_POINT_M = 1;
/** The position must have stood this long before anything is asked. */
export const REST_MS = 300;

/** Asks what is on offer: for an address at once, for a position once it rests. The newest question cancels the one before. */
export interface ViabilityEffects {
  /** Address or coordinates, as typed into the search box. */
  search(text: string): Promise<void>;
  /** The position has changed; asks when it has rested. */
  positionChanged(): void;
  /** Takes a correction of coordinates back, and asks for them as they were typed. */
  asTyped(): Promise<void>;
  /** Asks again for the position as it is. */
  refresh(): Promise<void>;
  /** Asks the question that failed once more. */
  retry(): Promise<void>;
  /** Asks what could not be asked before there was a token. False: there was nothing. */
  resume(): boolean;
  /** Lets go of what is asked, and of what waits to be: another sale has begun. */
  forget(): void;
}

/** `address`: as it was typed; null for a position. */
type Question = [input: ViabilityInput, address: string | null];

export function createViabilityEffects(context: EffectContext): ViabilityEffects {
  const { store, client } = context;
  let running: AbortController | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  let unasked: Question | null = null;

  function cancel() {
    clearTimeout(resting);
    running?.abort();
    running = null;
  }

  async function answerTo(input: ViabilityInput, asked: string | null, signal: AbortSignal) {
    if ((asked ?? '').length > LONGEST_ADDRESS) throw new RequestFailed('ADDRESS_TOO_LONG');
    return client.request(OzlocViabilityDocument, { input: withTags(store.get(), input) }, signal);
  }

  function fail(error: unknown) {
    if (isAborted(error)) return;
    const trouble = troubleOf(error);
    store.dispatch({ type: 'viability.failed', trouble });
    tookAwayAccess(context, trouble.code);
  }

  async function ask(...[input, asked]: Question) {
    cancel();
    if (needsToken(context)) {
      unasked = [input, asked];
      return;
    }
    unasked = null;
    const mine = new AbortController();
    running = mine;
    store.dispatch({ type: 'viability.started', asked });
    try {
      const { viability } = await answerTo(input, asked, mine.signal);
      if (running !== mine) return;
      if (viability) take(viability, asked !== null);
    } catch (error) {
      if (running === mine) fail(error);
    } finally {
      if (running === mine) running = null;
    }
  }

  function take(answer: Viability, byAddress: boolean) {
    const meant = byAddress ? null : correctionOf(answer, store.get());
    if (meant) {
      store.dispatch({ type: 'position.corrected', to: meant });
      void refresh();
      return;
    }
    store.dispatch({ type: 'viability.answered', answer, byAddress });
    if (answer.boxes.length === 0 && answer.refusedBoxes.length === 0) void findNearest();
    const [place, ...others] = byAddress ? store.get().candidates : [];
    if (!place || others.length > 0) return;
    store.dispatch({ type: 'position.chosen', place, only: true });
    void refresh();
  }

  /** How far away the network is. What cannot be read is left out. */
  async function findNearest() {
    const { position } = store.get();
    if (!position) return;
    const near = { lat: position.lat, lng: position.lng };
    const found = await client
      .request(OzlocBoxesDocument, { near, radiusM: NETWORK_WITHIN_M, limit: MOST_PLANNED })
      .catch(() => null);
    const boxes = (found?.boxes ?? []).flatMap(({ box }) => {
      const at = located(box);
      return at ? [{ ...box, distanceM: distanceM(near, at) }] : [];
    });
    const built = boxes.find(({ status }) => status !== 'DRAFT');
    if (store.get().position === position)
      store.dispatch({ type: 'nearest.found', boxes: boxes.filter((box, index) => index === 0 || box === built) });
  }

  async function refresh() {
    const input = inputAtPosition(store.get());
    if (input) await ask(input, null);
  }

  return {
    forget() {
      cancel();
      unasked = null;
    },
    resume() {
      if (!unasked) return false;
      void ask(...unasked);
      return true;
    },
    async search(text) {
      const query = text.trim();
      if (query === '') return;
      const point = parseCoordinates(query);
      if (point) {
        store.dispatch({ type: 'position.moved', to: { ...point, accuracyM: 0, source: 'pin' } });
        return refresh();
      }
      if (store.get().access === 'granted') store.dispatch({ type: 'search.status', status: 'busy' });
      await ask({ address: query }, query);
    },
    positionChanged() {
      cancel();
      if (store.get().access === 'granted') store.dispatch({ type: 'viability.started', asked: null });
      resting = setTimeout(() => void refresh(), REST_MS);
    },
    async asTyped() {
      store.dispatch({ type: 'position.asTyped' });
      await refresh();
    },
    refresh,
    async retry() {
      const { asked } = store.get().viability;
      await (asked === null ? refresh() : this.search(asked));
    },
  };
}

/** The one place inside the service area that may have been meant by coordinates outside it; null: none, or they are to stay as they are. */
function correctionOf({ reasons, candidates }: Viability, { position }: OzlocState): LatLng | null {
  const [meant, ...others] = candidates;
  if (position?.source !== 'pin' || position.asTyped || !meant || others.length > 0) return null;
  return reasons.includes('OUTSIDE_SERVICE_AREA') && distanceM(meant, position) > SAME_POINT_M ? meant : null;
}

function inputAtPosition({ position }: OzlocState): ViabilityInput | null {
  if (!position) return null;
  const { lat, lng, accuracyM } = position;
  return accuracyM > 0 ? { location: { lat, lng }, accuracyM } : { location: { lat, lng } };
}

function withTags({ tags }: OzlocState, input: ViabilityInput): ViabilityInput {
  return tags.length > 0 ? { ...input, tags } : input;
}
