import {
  OzlocClientDocument,
  OzlocSuggestionsDocument,
  type OzlocSuggestionsQuery,
} from '../../../generated/operations.js';
import { type LatLng, movedBy } from '../state/geometry.js';
import type { ExistingClient, Place, Splitters, Trouble } from '../state/state.js';
import type { createCommands } from './commands.js';
import { type EffectContext, needsToken, tookAwayAccess, troubleOf } from './context.js';
import { createSurroundingsEffects, type View } from './surroundings.js';
import { createViabilityEffects } from './viability.js';

/** Steps by keys that come one after the other are undone as one. */
const NUDGES_MS = 2_000;
const TOWN_ZOOM = 11;

/** Asks the device where it is; GPS in a street is good for 5–30 m, and its own estimate comes along. */
export function locateDevice({ store }: EffectContext, whenFound: () => void): void {
  if (!('geolocation' in navigator)) {
    store.dispatch({ type: 'search.status', status: 'gps-failed' });
    return;
  }
  store.dispatch({ type: 'search.status', status: 'locating' });
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const accuracyM = Math.max(1, Math.round(coords.accuracy));
      const to = { lat: coords.latitude, lng: coords.longitude, accuracyM, source: 'gps' as const };
      store.dispatch({ type: 'position.moved', to });
      whenFound();
    },
    (error) => {
      const denied = error.code === error.PERMISSION_DENIED;
      store.dispatch({ type: 'search.status', status: denied ? 'gps-denied' : 'gps-failed' });
      if (denied) void clearOnceAllowed(store);
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 5_000 },
  );
}

/** What the browser says of its settings; without it, the next press of the button tells. */
async function clearOnceAllowed(store: EffectContext['store']): Promise<void> {
  const permission = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => null);
  permission?.addEventListener('change', () => {
    if (permission.state === 'denied' || store.get().search.status !== 'gps-denied') return;
    store.dispatch({ type: 'search.status', status: 'idle' });
  });
}

/** What an address may become while it is typed. */
export type Suggestion = NonNullable<OzlocSuggestionsQuery['addressSuggestions']>[number];

/** Everything that a person's action sets in motion beyond the state itself. */
export interface Effects {
  search(text: string): Promise<void>;
  /** Near what is looked at first. Errors: RequestFailed. */
  suggest(text: string, near: LatLng | null, signal: AbortSignal): Promise<Suggestion[]>;
  /** The middle of the map; null while it shows more than a town. */
  looksAt(): LatLng | null;
  chooseCandidate(place: Place): void;
  /** `sameStep`: undone together with the step before. */
  movePin(to: LatLng, sameStep?: boolean): void;
  /** Moves the pin some metres east and north, as the arrow keys do. */
  nudgePin(eastM: number, northM: number): void;
  undoMove(): void;
  /** Coordinates that were corrected are meant as they were typed. */
  asTyped(): Promise<void>;
  /** The client is exactly at the marker. */
  confirmPosition(): void;
  locateDevice(): void;
  refresh(): Promise<void>;
  /** Asks the question that failed once more. */
  retry(): Promise<void>;
  /** Asks what could not be asked before there was a token. False: there was nothing. */
  resume(): boolean;
  /** Lets go of what is asked, and of what waits to be: another sale has begun. */
  forget(): void;
  submit(): Promise<void>;
  /** Splitters of a box and who uses their ports. Errors: RequestFailed. */
  portsOf(boxId: string): Promise<Splitters>;
  /** Whose contract it is, as far as the token sees; null: of nobody whom it sees. Errors: RequestFailed. */
  holderOf(contractCode: string): Promise<ExistingClient | null>;
  /** The contract that left a kept home last, where that is known. Errors: RequestFailed. */
  formerContract(propertyId: string): Promise<string | null>;
  /** Brings to its end what was sent before the page was loaded anew. */
  followUp(): Promise<void>;
  createProspect(): Promise<void>;
  /** Has a reservation hold until then, ISO 8601; null: it does. Trouble also where what sends it cannot be fetched. */
  extend(contractCode: string, until: string): Promise<Trouble | null>;
  startDrawing(): void;
  /** Has the poles at hand that a drop could hang on. */
  preparePoles(): void;
  /** Loads what a drawing needs that was begun before the page was loaded anew. */
  resumeDrawing(): Promise<void>;
  viewChanged(view: View): void;
  loadExisting(): Promise<void>;
}

export function createEffects(context: EffectContext): Effects {
  const { store, client } = context;
  const viability = createViabilityEffects(context);
  const surroundings = createSurroundingsEffects(context);
  let fetched: ReturnType<typeof createCommands> | null = null;
  const commands = async () => {
    const { createCommands } = await import('./commands.js');
    fetched ??= createCommands(context, viability.refresh);
    return fetched;
  };

  let nudgedAt = Number.NEGATIVE_INFINITY;

  /** Whether the page is still about this contract. */
  const isOf = (contractCode: string) => store.get().form.contractCode === contractCode;

  function movePin({ lat, lng }: LatLng, sameStep = false) {
    store.dispatch({ type: 'position.moved', to: { lat, lng, accuracyM: 0, source: 'pin' }, sameStep });
    viability.positionChanged();
  }

  return {
    search: viability.search,
    suggest: async (text, near, signal) => {
      const at = near && { lat: near.lat, lng: near.lng };
      return (await client.request(OzlocSuggestionsDocument, { text, near: at }, signal)).addressSuggestions ?? [];
    },
    looksAt() {
      const { look } = store.get();
      return look && look.zoom > TOWN_ZOOM ? look.center : null;
    },
    chooseCandidate(place) {
      store.dispatch({ type: 'position.chosen', place });
      void viability.refresh();
    },
    movePin,
    nudgePin(eastM, northM) {
      const { position } = store.get();
      if (!position) return;
      const sameStep = performance.now() - nudgedAt < NUDGES_MS;
      nudgedAt = performance.now();
      movePin(movedBy(position, eastM, northM), sameStep);
    },
    undoMove() {
      store.dispatch({ type: 'position.undone' });
      viability.positionChanged();
    },
    confirmPosition() {
      const { position } = store.get();
      if (position) movePin(position);
    },
    locateDevice: () => locateDevice(context, () => void viability.refresh()),
    asTyped: viability.asTyped,
    refresh: viability.refresh,
    retry: () => viability.retry(),
    resume: viability.resume,
    forget: viability.forget,
    submit: async () => (await commands()).sale.submit(),
    portsOf: async (boxId) => (await commands()).sale.portsOf(boxId),
    holderOf: async (contractCode) => (await commands()).sale.holderOf(contractCode),
    formerContract: async (propertyId) => (await commands()).sale.formerContract(propertyId),
    async followUp() {
      const { sent } = store.get();
      const { sale, prospect } = await commands();
      if (sent?.command === 'sale') await sale.carryOut(sent.request);
      else if (sent) await prospect.carryOut(sent.key, sent.lead);
    },
    createProspect: async () => (await commands()).prospect.createProspect(),
    extend: (contractCode, until) =>
      commands()
        .then(({ extend }) => extend(contractCode, until))
        .catch(troubleOf),
    startDrawing() {
      store.dispatch({ type: 'drawing.started' });
      void surroundings.loadPolesForDrawing();
    },
    preparePoles: () => void surroundings.loadPolesForDrawing(),
    async resumeDrawing() {
      await viability.refresh();
      await surroundings.loadPolesForDrawing();
    },
    viewChanged(view) {
      store.dispatch({ type: 'map.looked', look: { center: view.center, zoom: view.zoom } });
      surroundings.viewChanged(view);
    },
    async loadExisting() {
      if (needsToken(context)) return;
      const contractCode = store.get().form.contractCode;
      // A link for its sale may have come meanwhile.
      const isAwaited = () => isOf(contractCode) && store.get().existing.status === 'loading';
      store.dispatch({ type: 'existing.loading' });
      try {
        const { client: existing } = await client.request(OzlocClientDocument, { contractCode });
        if (isAwaited()) store.dispatch({ type: 'existing.loaded', client: existing });
      } catch (error) {
        if (!isAwaited()) return;
        store.dispatch({ type: 'existing.failed' });
        tookAwayAccess(context, troubleOf(error).code);
      }
    },
  };
}
