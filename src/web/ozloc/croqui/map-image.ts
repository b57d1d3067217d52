import { LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import type { PageConfig } from '../../shared/page-config.js';
import { baseStyle } from '../map/base-style.js';
import { boxFeatures, dropFeatures, poleFeatures } from '../map/features.js';
import { addOverlays, show } from '../map/overlays.js';
import { LIGHT } from '../map/theme.js';
import type { LatLng } from '../state/geometry.js';
import type { OzlocState } from '../state/state.js';
import type { Sketch } from './sketch.js';

export const MAP_WIDTH = 1000;
export const MAP_HEIGHT = 720;
const SCALE = 1.6;
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
    show(map, 'boxes', boxFeatures(state));
    show(map, 'poles', poleFeatures(state));
    show(map, 'drop', dropFeatures(state));
    await settled(map, 'idle');
    return withClient(map, sketch.client);
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

/** A bar as long as a round number of metres; north is up. */
function drawScale(context: CanvasRenderingContext2D, map: MapLibre): void {
  const { lat } = map.getCenter();
  const metresPerPixel = (Math.cos((lat * Math.PI) / 180) * 40_075_016.7) / (512 * 2 ** map.getZoom());
  const metres = [10, 20, 50, 100, 200, 500].find((round) => round / metresPerPixel > 90) ?? 1000;
  const length = metres / metresPerPixel;
  context.setTransform(SCALE, 0, 0, SCALE, 20 * SCALE, (MAP_HEIGHT - 24) * SCALE);
  context.fillStyle = 'rgb(255 255 255 / 0.85)';
  context.fillRect(-10, -26, length + 20, 38);
  context.strokeStyle = '#16222c';
  context.lineWidth = 2;
  context.stroke(new Path2D(`M0 -6V2H${length}V-6`));
  context.fillStyle = '#16222c';
  context.font = '400 13px "Noto Sans", sans-serif';
  context.textAlign = 'center';
  context.fillText(`${metres} m`, length / 2, -8);
}

/** The client's marker is not part of the map's own picture: it is drawn over it. */
function withClient(map: MapLibre, client: LatLng | null): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = MAP_WIDTH * SCALE;
  canvas.height = MAP_HEIGHT * SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(map.getCanvas(), 0, 0, canvas.width, canvas.height);
  drawScale(context, map);
  if (!client) return canvas;
  const { x, y } = map.project([client.lng, client.lat]);
  context.setTransform(SCALE, 0, 0, SCALE, (x - 18) * SCALE, (y - 44) * SCALE);
  context.fillStyle = LIGHT.client;
  context.strokeStyle = '#ffffff';
  context.lineWidth = 2.5;
  const pin = new Path2D('M18 44C28 31 33 24.5 33 17a15 15 0 1 0-30 0c0 7.5 5 14 15 27Z');
  context.fill(pin);
  context.stroke(pin);
  context.fillStyle = '#ffffff';
  context.fill(new Path2D('M18 11.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z'));
  return canvas;
}
