import { type Mark, type Measure, rectangle } from './sheet.js';
import { PAPER, type Sketch } from './sketch.js';

interface LatLng {
  lat: number;
  lng: number;
}

/** A map's picture, in its own pixels: north is up, it is never turned. */
export interface MapView {
  width: number;
  height: number;
  metresPerPixel: number;
  project(place: LatLng): { x: number; y: number };
}

/** The client and its drop. */
export const CLIENT_COLOR = '#b8155a';
const VEIL = '#ffffff';

/** What stands on a map and is no part of it: the drop's length, the client, a scale, north. */
export function signsOf({ path, dropLabel, client }: Sketch, view: MapView, measure: Measure): Mark[] {
  const middle = middleOf(path);
  return [
    ...(middle && dropLabel ? label(dropLabel, view.project(middle), measure) : []),
    ...(client ? pin(view.project(client)) : []),
    ...scale(view),
    ...north({ x: view.width - 44, y: 52 }),
  ];
}

/** The middle of a path's longest leg: there the label hides no pole. */
function middleOf(path: readonly LatLng[]): LatLng | null {
  let [middle, longest]: [LatLng | null, number] = [null, 0];
  for (const [index, to] of path.entries()) {
    const from = path[index - 1];
    if (!from) continue;
    const leg = Math.hypot(to.lat - from.lat, (to.lng - from.lng) * Math.cos((to.lat * Math.PI) / 180));
    if (leg <= longest) continue;
    longest = leg;
    middle = { lat: (from.lat + to.lat) / 2, lng: (from.lng + to.lng) / 2 };
  }
  return middle;
}

function label(text: string, { x, y }: { x: number; y: number }, measure: Measure): Mark[] {
  const width = measure(text, 17, true) + 18;
  const shape = rectangle(x - width / 2, y - 15, width, 30, 15);
  return [
    { kind: 'path', d: shape, fill: '#ffffff', stroke: CLIENT_COLOR, width: 2 },
    { kind: 'text', text, x, y: y + 6, size: 17, bold: true, color: CLIENT_COLOR, anchor: 'middle' },
  ];
}

function pin({ x, y }: { x: number; y: number }): Mark[] {
  const at = { x: x - 18, y: y - 44 };
  return [
    {
      kind: 'path',
      d: 'M18 44C28 31 33 24.5 33 17a15 15 0 1 0-30 0c0 7.5 5 14 15 27Z',
      at,
      fill: CLIENT_COLOR,
      stroke: '#ffffff',
      width: 2.5,
    },
    { kind: 'path', d: 'M18 11.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z', at, fill: '#ffffff' },
  ];
}

/** A bar as long as a round number of metres. */
function scale({ metresPerPixel, height }: MapView): Mark[] {
  const metres = [10, 20, 50, 100, 200, 500].find((round) => round / metresPerPixel > 90) ?? 1000;
  const length = metres / metresPerPixel;
  const [x, y] = [24, height - 26];
  return [
    { kind: 'path', d: rectangle(x - 10, y - 26, length + 20, 38), fill: VEIL },
    { kind: 'path', d: `M${x} ${y - 6}V${y + 2}H${x + length}V${y - 6}`, stroke: PAPER.ink, width: 2 },
    {
      kind: 'text',
      text: `${metres} m`,
      x: x + length / 2,
      y: y - 8,
      size: 13,
      bold: false,
      color: PAPER.ink,
      anchor: 'middle',
    },
  ];
}

function north(at: { x: number; y: number }): Mark[] {
  return [
    { kind: 'path', d: 'M-28 0a28 28 0 1 0 56 0a28 28 0 1 0 -56 0Z', at, fill: VEIL },
    { kind: 'path', d: 'M0 -22 7 -2 0 -6 -7 -2Z', at, fill: PAPER.ink },
    { kind: 'text', text: 'N', x: at.x, y: at.y + 17, size: 16, bold: true, color: PAPER.ink, anchor: 'middle' },
  ];
}
