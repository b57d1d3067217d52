import 'maplibre-gl/dist/maplibre-gl.css';
import './map.css';
import workerUrl from 'virtual:map-worker?url';
import { AttributionControl, Map as MapLibre, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import type { Page } from '../panels/context.js';
import { distanceM } from '../state/geometry.js';
import type { OzlocState } from '../state/state.js';
import { baseStyle } from './base-style.js';
import { fitAll, followSale, keepSaleInView } from './camera.js';
import {
  boxFeatures,
  candidateFeatures,
  dropFeatures,
  errorFeatures,
  homeFeatures,
  markerFeatures,
  poleFeatures,
} from './features.js';
import { addOverlays, show } from './overlays.js';
import { createClientMarker, createMoveQuestion, listenToPointers } from './pointer.js';
import { currentTheme } from './theme.js';

setWorkerUrl(workerUrl);

/** What the map shows, and what of the state it is made from. */
const SOURCES: readonly [
  source: Parameters<typeof show>[1],
  features: (state: OzlocState) => Parameters<typeof show>[2],
  from: readonly (keyof OzlocState)[],
][] = [
  ['error', errorFeatures, ['position']],
  ['boxes', boxFeatures, ['viability', 'surroundings', 'outcome', 'view', 'existing']],
  ['candidates', candidateFeatures, ['candidates']],
  ['home', homeFeatures, ['existing', 'view']],
  ['marker', markerFeatures, ['position']],
  ['poles', poleFeatures, ['poles', 'drawing', 'view']],
  ['drop', dropFeatures, ['position', 'drawing', 'choice', 'view', 'hotBoxId', 'viability', 'outcome', 'existing']],
];

/** What begins another step of the sale. */
const STEPS = ['view', 'choice', 'position'] as const;

/** The map on the page. */
export interface OzlocMap {
  zoomBy(steps: number): void;
  fitAll(): void;
  remove(): void;
}

/** Errors: throws where WebGL is missing; the page goes on without a map. */
export function createOzlocMap(container: HTMLElement, page: Page): OzlocMap {
  const { config, store, effects, i18n } = page;
  const theme = currentTheme();
  const map = new MapLibre({
    container,
    style: baseStyle(config.map, theme),
    ...firstLook(store.get(), config.map),
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    locale: { 'Map.Title': i18n.t('map.label'), 'AttributionControl.ToggleAttribution': i18n.t('map.attribution') },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const { attribution, styleUrl, tilesUrl, osmTilesUrl } = config.map;
  if (attribution || styleUrl || tilesUrl) {
    // Of tiles their source says it.
    const custom = attribution && !tilesUrl && !osmTilesUrl ? { customAttribution: attribution } : {};
    // On a phone the lower corners belong to the thumb.
    map.addControl(new AttributionControl({ compact: true, ...custom }), isNarrow() ? 'top-left' : 'bottom-right');
  }
  map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-right');
  const marker = createClientMarker(map, page);
  const askToMove = createMoveQuestion(map, page);
  let ready = false;
  // As a person left it, with the page or by hand while drawing, the map stays until the next step.
  let kept = store.get().look !== null;

  function update(state: OzlocState, before: OzlocState | null) {
    const changed = (...keys: (keyof OzlocState)[]) => !before || keys.some((key) => state[key] !== before[key]);
    if (changed('position')) marker.place(state.position);
    if (changed('view')) {
      marker.setMovable(state.view === 'list' || state.view === 'sale');
      map.getCanvas().style.cursor = state.view === 'draw' ? 'crosshair' : '';
    }
    if (before) follow(state, before);
    if (ready) paint(state, before, changed);
  }

  function follow(state: OzlocState, before: OzlocState) {
    const { look } = state;
    if (look && look !== before.look && !isAt(map, look)) {
      kept = true;
      map.jumpTo(look);
      return;
    }
    // An answer without candidates is none.
    const asked = state.candidates !== before.candidates && state.candidates.length > 0;
    if (asked || STEPS.some((key) => state[key] !== before[key])) kept = false;
    if (!kept) followSale(map, state, before);
  }

  function paint(state: OzlocState, before: OzlocState | null, changed: (...keys: (keyof OzlocState)[]) => boolean) {
    for (const [source, features, from] of SOURCES) if (changed(...from)) show(map, source, features(state));
    if (changed('hotBoxId', 'choice', 'viability', 'surroundings')) heat(state, before);
  }

  function heat(state: OzlocState, before: OzlocState | null) {
    for (const id of before ? hotBoxes(before) : []) map.setFeatureState({ source: 'boxes', id }, { hot: false });
    for (const id of hotBoxes(state)) map.setFeatureState({ source: 'boxes', id }, { hot: true });
  }

  function tellView() {
    const { lat, lng } = map.getCenter();
    const corner = map.getBounds().getNorthEast();
    const zoom = map.getZoom();
    // For tests and screenshots that drive the page: what the map shows, to find a place on it.
    container.dataset.view = `${lat},${lng},${zoom}`;
    effects.viewChanged({ center: { lat, lng }, radiusM: distanceM({ lat, lng }, corner), zoom });
  }

  map.once('style.load', () => {
    addOverlays(map, theme, i18n.t('map.homeNow'));
    ready = true;
    update(store.get(), null);
    tellView();
  });
  // Tiles that fail are a map with holes, not a broken page: the sale needs none of them.
  map.on('error', () => {});
  map.on('moveend', tellView);
  map.on('resize', () => {
    if (!kept) keepSaleInView(map, store.get());
  });
  map.on('movestart', ({ originalEvent }) => {
    if (originalEvent && store.get().view === 'draw') kept = true;
  });
  // For the same: everything that belongs into this view is drawn.
  map.on('idle', () => container.toggleAttribute('data-idle', true));
  for (const event of ['movestart', 'dataloading'] as const) {
    map.on(event, () => container.toggleAttribute('data-idle', false));
  }
  listenToPointers(map, page);
  update(store.get(), null);
  // The answer was quicker than the map.
  if (!kept && (store.get().viability.answer || store.get().existing.client)) fitAll(map, store.get());
  const unsubscribe = store.subscribe((state, before) => {
    update(state, before);
    askToMove(state.view === 'list' ? state.tapped : null);
    if (state.access !== before.access) tellView();
  });

  return {
    zoomBy(steps) {
      kept ||= store.get().view === 'draw';
      map.zoomTo(map.getZoom() + steps);
    },
    fitAll() {
      kept = false;
      fitAll(map, store.get());
    },
    remove() {
      unsubscribe();
      map.remove();
    },
  };
}

/** As it was when the page was left, at the client's position, or what there is. */
function firstLook({ look, position }: OzlocState, { center, zoom }: Page['config']['map']) {
  if (look) return { center: look.center, zoom: look.zoom };
  return position ? { center: { lat: position.lat, lng: position.lng }, zoom: 17 } : { center, zoom };
}

function isAt(map: MapLibre, { center, zoom }: NonNullable<OzlocState['look']>): boolean {
  const { lat, lng } = map.getCenter();
  return lat === center.lat && lng === center.lng && zoom === map.getZoom();
}

/** As layout.css has it. */
function isNarrow(): boolean {
  return matchMedia('(max-width: 47.5rem)').matches;
}

function hotBoxes({ hotBoxId, choice }: OzlocState): string[] {
  const chosen = choice?.kind === 'box' ? choice.boxId : null;
  return [hotBoxId, chosen].filter((id) => id !== null);
}
