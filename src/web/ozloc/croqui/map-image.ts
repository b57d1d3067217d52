import { LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import { measureOn, paint } from '../../../sketch/paint.js';
import { signsOf } from '../../../sketch/signs.js';
import { PAPER, type Sketch } from '../../../sketch/sketch.js';
import type { PageConfig } from '../../shared/page-config.js';
import { baseStyle } from '../map/base-style.js';
import { boxFeatures, dropFeatures, poleFeatures } from '../map/features.js';
import { addOverlays, show } from '../map/overlays.js';
import { LIGHT } from '../map/theme.js';
import type { LatLng } from '../state/geometry.js';
import type { OzlocState } from '../state/state.js';

/** Pixels of the picture per pixel of the map: sharp on paper. */
export const SCALE = 1.6;
const VEIL = 'rgb(255 255 255 / 0.88)';
const FACE = '"Noto Sans", sans-serif';

/** The map's picture with what is no part of the map: the client, the length of the drop, a scale, north, and whose map it is. */
export function withMarks(map: MapLibre, sketch: Sketch, attribution: string): HTMLCanvasElement {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const canvas = document.createElement('canvas');
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(map.getCanvas(), 0, 0, canvas.width, canvas.height);
  /** Moves the origin to a pixel of the map. */
  const at = (x: number, y: number) => context.setTransform(SCALE, 0, 0, SCALE, x * SCALE, y * SCALE);
  at(0, 0);
  const { lat } = map.getCenter();
  const view = {
    width,
    height,
    metresPerPixel: (Math.cos((lat * Math.PI) / 180) * 40_075_016.7) / (512 * 2 ** map.getZoom()),
    project: (place: LatLng) => map.project([place.lng, place.lat]),
  };
  paint(context, signsOf(sketch, view, measureOn(context)), (d) => new Path2D(d));
  if (attribution) {
    at(width - 8, height - 8);
    context.font = `400 11px ${FACE}`;
    context.textAlign = 'right';
    const said = attribution.replace(/<[^>]*>/g, '');
    context.fillStyle = VEIL;
    const long = context.measureText(said).width;
    context.fillRect(-long - 6, -13, long + 12, 19);
    context.fillStyle = PAPER.ink;
    context.fillText(said, 0, 0);
  }
  return canvas;
}

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
