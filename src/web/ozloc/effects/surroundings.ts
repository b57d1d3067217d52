import { OzlocBoxesDocument, PolesDocument, type PolesQuery } from '../../../generated/operations.js';
import { boundsAround, distanceM, type LatLng } from '../state/geometry.js';
import { located } from '../state/selectors.js';
import type { Pole } from '../state/state.js';
import { type EffectContext, isAborted } from './context.js';

const BOXES_FROM_ZOOM = 14;
const POLES_FROM_ZOOM = 16.2;
const LIMIT = 500;
const SETTLE_MS = 350;
/** Poles for a drop are looked for this far around the client and the boxes on offer. */
const DRAWING_MARGIN_M = 60;

/** What the map shows. */
export interface View {
  center: LatLng;
  /** From the centre to a corner, metres. */
  radiusM: number;
  zoom: number;
}

/** Fills the map around the sale with the boxes and poles in view; what cannot be read is left out silently. */
export interface SurroundingsEffects {
  viewChanged(view: View): void;
  /** All poles that a drop from here to a box on offer may pass. */
  loadPolesForDrawing(): Promise<void>;
}

export function createSurroundingsEffects({ store, client }: EffectContext): SurroundingsEffects {
  let settling: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  let boxesAround: View | null = null;
  let polesAround: View | null = null;

  async function load(view: View) {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    const wide = { ...view, radiusM: view.radiusM * 1.4 };
    const wanted: Promise<void>[] = [];
    if (view.zoom >= BOXES_FROM_ZOOM && !covers(boxesAround, view)) {
      const variables = { near: view.center, radiusM: Math.round(wide.radiusM), limit: LIMIT };
      const asked = client.request(OzlocBoxesDocument, variables, signal).then(({ boxes }) => {
        boxesAround = wide;
        store.dispatch({ type: 'surroundings.loaded', boxes: (boxes ?? []).map(({ box }) => box) });
      });
      wanted.push(asked);
    }
    if (view.zoom >= POLES_FROM_ZOOM && !covers(polesAround, view)) {
      const within = boundsAround([view.center], wide.radiusM);
      const asked = client.request(PolesDocument, { within, limit: LIMIT }, signal).then(({ poles }) => {
        polesAround = wide;
        store.dispatch({ type: 'poles.loaded', poles: (poles ?? []).flatMap(placed) });
      });
      wanted.push(asked);
    }
    await Promise.allSettled(wanted);
  }

  return {
    viewChanged(view) {
      clearTimeout(settling);
      const { access, contractFixed, position } = store.get();
      // A sale by link that has no place yet is shown nothing around it.
      if (access === 'granted' && !(contractFixed && position === null))
        settling = setTimeout(() => void load(view), SETTLE_MS);
    },
    async loadPolesForDrawing() {
      const { position, viability } = store.get();
      if (!position) return;
      const ends = (viability.answer?.boxes ?? []).map(({ box }) => located(box)).filter((point) => point !== null);
      const within = boundsAround([position, ...ends], DRAWING_MARGIN_M);
      store.dispatch({ type: 'poles.loading' });
      try {
        const { poles } = await client.request(PolesDocument, { within, limit: LIMIT });
        store.dispatch({ type: 'poles.loaded', poles: (poles ?? []).flatMap(placed) });
      } catch (error) {
        if (!isAborted(error)) store.dispatch({ type: 'poles.failed' });
      }
    },
  };
}

function covers(loaded: View | null, view: View): boolean {
  return loaded !== null && distanceM(loaded.center, view.center) + view.radiusM <= loaded.radiusM;
}

function placed({ id, lat, lng }: NonNullable<PolesQuery['poles']>[number]): Pole[] {
  return lat === null || lng === null ? [] : [{ id, lat, lng }];
}
