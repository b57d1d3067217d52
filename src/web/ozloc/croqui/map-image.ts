import { LngLatBounds, Map as MapLibre } from 'maplibre-gl';
import type { PageConfig } from '../../shared/page-config.js';
import { baseStyle } from '../map/base-style.js';
import { boxFeatures, dropFeatures, poleFeatures } from '../map/features.js';
import { addOverlays, show } from '../map/overlays.js';
import { LIGHT } from '../map/theme.js';
import { distanceM, type LatLng } from '../state/geometry.js';
import type { OzlocState } from '../state/state.js';
import { PAPER, type Sketch } from './sketch.js';

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
  context.lineJoin = 'round';
  /** Moves the origin to a pixel of the map. */
  const at = (x: number, y: number) => context.setTransform(SCALE, 0, 0, SCALE, x * SCALE, y * SCALE);
  const place = ({ lat, lng }: LatLng) => map.project([lng, lat]);

  const middle = middleOf(sketch.path);
  if (middle && sketch.dropLabel) {
    const { x, y } = place(middle);
    at(x, y);
    label(context, sketch.dropLabel, LIGHT.client);
  }
  if (sketch.client) {
    const { x, y } = place(sketch.client);
    at(x - 18, y - 44);
    drawPin(context);
  }
  at(24, height - 26);
  drawScale(context, map);
  at(width - 44, 52);
  drawNorth(context);
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

/** The middle of a path's longest leg: there the label hides no pole. */
function middleOf(path: readonly LatLng[]): LatLng | null {
  let [middle, longest]: [LatLng | null, number] = [null, 0];
  for (const [index, to] of path.entries()) {
    const from = path[index - 1];
    const leg = from ? distanceM(from, to) : 0;
    if (!from || leg <= longest) continue;
    longest = leg;
    middle = { lat: (from.lat + to.lat) / 2, lng: (from.lng + to.lng) / 2 };
  }
  return middle;
}

function label(context: CanvasRenderingContext2D, text: string, color: string): void {
  context.font = `600 17px ${FACE}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 18;
  context.beginPath();
  context.roundRect(-width / 2, -15, width, 30, 15);
  context.fillStyle = '#ffffff';
  context.fill();
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = color;
  context.fillText(text, 0, 1);
  context.textBaseline = 'alphabetic';
}

function drawPin(context: CanvasRenderingContext2D): void {
  context.fillStyle = LIGHT.client;
  context.strokeStyle = '#ffffff';
  context.lineWidth = 2.5;
  const pin = new Path2D('M18 44C28 31 33 24.5 33 17a15 15 0 1 0-30 0c0 7.5 5 14 15 27Z');
  context.fill(pin);
  context.stroke(pin);
  context.fillStyle = '#ffffff';
  context.fill(new Path2D('M18 11.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z'));
}

/** A bar as long as a round number of metres. */
function drawScale(context: CanvasRenderingContext2D, map: MapLibre): void {
  const { lat } = map.getCenter();
  const metresPerPixel = (Math.cos((lat * Math.PI) / 180) * 40_075_016.7) / (512 * 2 ** map.getZoom());
  const metres = [10, 20, 50, 100, 200, 500].find((round) => round / metresPerPixel > 90) ?? 1000;
  const length = metres / metresPerPixel;
  context.fillStyle = VEIL;
  context.fillRect(-10, -26, length + 20, 38);
  context.strokeStyle = PAPER.ink;
  context.lineWidth = 2;
  context.stroke(new Path2D(`M0 -6V2H${length}V-6`));
  context.fillStyle = PAPER.ink;
  context.font = `400 13px ${FACE}`;
  context.textAlign = 'center';
  context.fillText(`${metres} m`, length / 2, -8);
}

/** The map is never turned: north is up. */
function drawNorth(context: CanvasRenderingContext2D): void {
  context.fillStyle = VEIL;
  context.beginPath();
  context.arc(0, 0, 28, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = PAPER.ink;
  context.fill(new Path2D('M0 -22 7 -2 0 -6 -7 -2Z'));
  context.font = `600 16px ${FACE}`;
  context.textAlign = 'center';
  context.fillText('N', 0, 17);
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
