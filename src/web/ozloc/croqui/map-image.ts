import { LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import type { PageConfig } from '../../shared/page-config.js';
import { baseStyle } from '../map/base-style.js';
import { boxFeatures, dropFeatures, poleFeatures } from '../map/features.js';
import { addOverlays, show } from '../map/overlays.js';
import { LIGHT } from '../map/theme.js';
import type { LatLng } from '../state/geometry.js';
import type { OzlocState } from '../state/state.js';
import { SCALE, withMarks } from './map-marks.js';
import type { Sketch } from './sketch.js';

/** Tiles that have not come by then are left out: a sketch without streets beats none. */
const PATIENCE_MS = 6_000;

/** Draws the sale on a map of its own, out of sight and always light, so that the paper looks the same from phone and desk. */
export async function drawMap(
  sketch: Sketch,
  state: OzlocState,
  config: PageConfig['map'],
): Promise<HTMLCanvasElement> {
  const container = document.createElement('div');
  container.className = 'sketch-map';
  document.body.append(container);
  const points = [sketch.client, sketch.box, ...sketch.path].filter((point) => point !== null);
  const map = new MapLibre({
    container,
    style: baseStyle(config, LIGHT),
    interactive: false,
    attributionControl: false,
    pixelRatio: SCALE,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true },
    bounds: boundsOf(points),
    fitBoundsOptions: { padding: 130, maxZoom: 18.2 },
  });
  try {
    map.on('error', () => {});
    await settled(map, 'style.load');
    addOverlays(map, LIGHT);
    show(map, 'boxes', boxFeatures({ ...state, view: 'done' }));
    show(map, 'poles', poleFeatures(state));
    show(map, 'drop', dropFeatures({ ...state, view: 'done' }));
    await settled(map, 'idle');
    return withMarks(map, sketch, config.attribution ?? '');
  } finally {
    map.remove();
    container.remove();
  }
}

function settled(map: MapLibre, event: 'style.load' | 'idle'): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PATIENCE_MS);
    map.once(event, () => {
      clearTimeout(late);
      resolve();
    });
  });
}

function boundsOf(points: LatLng[]): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { lat, lng } of points) bounds.extend([lng, lat]);
  return bounds;
}
