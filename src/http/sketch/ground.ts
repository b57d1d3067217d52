import type { City, LatLng, StreetSegment } from '../../city/city.js';
import { type Mark, type Measure, rectangle } from '../../sketch/sheet.js';
import { CLIENT_COLOR, type MapView, signsOf } from '../../sketch/signs.js';
import type { Sketch } from '../../sketch/sketch.js';

/** A map's picture, in pixels that the sheet enlarges. */
export const MAP_WIDTH = 920;
export const MAP_HEIGHT = 662;
/** Around the client, the box and the drop. */
const PADDING = 130;
const CLOSEST_M_PER_PIXEL = 0.125;
const METRES_PER_DEGREE = 111_320;

const GROUND = '#f6f7f6';
const EDGE = '#d6dcdf';
const LABEL = '#56646f';
const POLE = '#ffffff';
const BOX = '#14683a';

/** Client, box and drop on the streets around them, as far as these are known: without, on plain ground. */
export function mapOf(sketch: Sketch, city: City | null, measure: Measure): Mark[] {
  const places = [sketch.client, sketch.box, ...sketch.path].filter((place) => place !== null);
  const ground: Mark = { kind: 'path', d: rectangle(0, 0, MAP_WIDTH, MAP_HEIGHT), fill: GROUND };
  if (places.length === 0) return [ground];
  const view = viewOf(places);
  const streets = (city?.streets ?? []).filter(({ path }) => path.some((place) => isNear(view, place)));
  const lines = streets.map(({ path }) => lineOf(view, path));
  return [
    ground,
    ...lines.map((d): Mark => ({ kind: 'path', d, stroke: EDGE, width: 15 })),
    ...lines.map((d): Mark => ({ kind: 'path', d, stroke: '#ffffff', width: 12 })),
    ...namesOf(streets, view, measure),
    ...dropOf(sketch, view, measure),
    ...signsOf(sketch, view, measure),
  ];
}

function viewOf(places: readonly LatLng[]): MapView {
  const [lats, lngs] = [places.map(({ lat }) => lat), places.map(({ lng }) => lng)];
  const middle = { lat: (Math.min(...lats) + Math.max(...lats)) / 2, lng: (Math.min(...lngs) + Math.max(...lngs)) / 2 };
  const eastM = METRES_PER_DEGREE * Math.cos((middle.lat * Math.PI) / 180);
  const metresPerPixel = Math.max(
    CLOSEST_M_PER_PIXEL,
    ((Math.max(...lngs) - Math.min(...lngs)) * eastM) / (MAP_WIDTH - 2 * PADDING),
    ((Math.max(...lats) - Math.min(...lats)) * METRES_PER_DEGREE) / (MAP_HEIGHT - 2 * PADDING),
  );
  return {
    width: MAP_WIDTH,
    height: MAP_HEIGHT,
    metresPerPixel,
    project: ({ lat, lng }) => ({
      x: MAP_WIDTH / 2 + ((lng - middle.lng) * eastM) / metresPerPixel,
      y: MAP_HEIGHT / 2 - ((lat - middle.lat) * METRES_PER_DEGREE) / metresPerPixel,
    }),
  };
}

/** Whether it may be seen; a long street has a corner somewhere near. */
function isNear({ project }: MapView, place: LatLng): boolean {
  const { x, y } = project(place);
  return x > -MAP_WIDTH && x < 2 * MAP_WIDTH && y > -MAP_HEIGHT && y < 2 * MAP_HEIGHT;
}

function lineOf({ project }: MapView, path: readonly LatLng[]): string {
  return path
    .map((place, at) => {
      const { x, y } = project(place);
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

const NAME_SIZE = 13;

/** Each street's name once, along its longest piece on the picture that has room for it. */
function namesOf(streets: readonly StreetSegment[], view: MapView, measure: Measure): Mark[] {
  const best = new Map<string, { length: number; mark: Mark }>();
  for (const { name, path } of streets) {
    if (name === null) continue;
    const width = measure(name, NAME_SIZE, false);
    for (const [index, to] of path.entries()) {
      const from = path[index - 1];
      const mark = from && nameAlong(name, view.project(from), view.project(to), width);
      if (mark && mark.length > (best.get(name)?.length ?? 0)) best.set(name, mark);
    }
  }
  return [...best.values()].map(({ mark }) => mark);
}

interface Spot {
  x: number;
  y: number;
}

/** Null where there is no room. */
function nameAlong(text: string, a: Spot, b: Spot, width: number): { length: number; mark: Mark } | null {
  const [from, to] = a.x <= b.x ? [a, b] : [b, a];
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const isInside = x > width / 2 && x < MAP_WIDTH - width / 2 && y > width / 2 && y < MAP_HEIGHT - width / 2;
  if (length < width + 8 || !isInside) return null;
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const mark: Mark = {
    kind: 'text',
    text,
    // The base line lies below the middle of the street.
    x: x - Math.sin(angle) * 4.5,
    y: y + Math.cos(angle) * 4.5,
    size: NAME_SIZE,
    bold: false,
    color: LABEL,
    anchor: 'middle',
    angle: (angle * 180) / Math.PI,
  };
  return { length, mark };
}

function dropOf({ path, box, highlights }: Sketch, view: MapView, measure: Measure): Mark[] {
  const poles = path.slice(1, -1).map((place): Mark => {
    const d = 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z';
    return { kind: 'path', d, at: view.project(place), fill: POLE, stroke: CLIENT_COLOR, width: 2.5 };
  });
  const line: Mark[] = path.length > 1 ? [{ kind: 'path', d: lineOf(view, path), stroke: CLIENT_COLOR, width: 3 }] : [];
  if (!box) return [...line, ...poles];
  const at = view.project(box);
  const name = highlights[0]?.[1] ?? '';
  const width = measure(name, 14, true) + 12;
  return [
    ...line,
    ...poles,
    { kind: 'path', d: rectangle(-9, -9, 18, 18, 3), at, fill: BOX, stroke: '#ffffff', width: 2 },
    { kind: 'path', d: rectangle(at.x - width / 2, at.y + 14, width, 20, 4), fill: '#ffffff' },
    { kind: 'text', text: name, x: at.x, y: at.y + 29, size: 14, bold: true, color: BOX, anchor: 'middle' },
  ];
}
