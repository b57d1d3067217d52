import type { City, LatLng, StreetSegment } from '../../city/city.js';
import { MAP_HEIGHT, MAP_WIDTH, type Mark, type Measure, rectangle, type Spot } from '../../sketch/sheet.js';
import { lineOf, type MapView } from '../../sketch/signs.js';
import { isAvenue } from '../tiles/tiles-route.js';

/** As the pages' light map has them. */
const GROUND = '#e9edee';
const LABEL = '#56646f';
const NUMBER = '#8f99a1';
const STREET = { fill: '#ffffff', edge: '#7c8a94', width: 13 };
const AVENUE = { fill: '#fff6dd', edge: '#94824a', width: 21 };

/** The streets and doors of a view, as far as these are known: without, plain ground. */
export function groundOf(view: MapView | null, city: City | null, measure: Measure): Mark[] {
  const ground: Mark = { kind: 'path', d: rectangle(0, 0, MAP_WIDTH, MAP_HEIGHT), fill: GROUND };
  if (!view || !city) return [ground];
  const streets = city.streets.filter(({ path }) => path.some((place) => isNear(view, place)));
  // Avenues are drawn over streets.
  const lines = streets
    .map(({ name, path }) => ({ ...(isAvenue(name) ? AVENUE : STREET), d: lineOf(path.map(view.project)) }))
    .toSorted((a, b) => a.width - b.width);
  return [
    ground,
    ...lines.map(({ d, edge, width }): Mark => ({ kind: 'path', d, stroke: edge, width: width + 2 })),
    ...lines.map(({ d, fill, width }): Mark => ({ kind: 'path', d, stroke: fill, width })),
    ...numbersOf(city, view),
    ...namesOf(streets, view, measure),
  ];
}

function numbersOf({ addresses }: City, view: MapView): Mark[] {
  return addresses.flatMap((door): Mark[] => {
    if (door.number === null) return [];
    const { x, y } = view.project(door);
    if (x < 0 || y < 0 || x > MAP_WIDTH || y > MAP_HEIGHT) return [];
    const text = String(door.number);
    return [{ kind: 'text', text, x, y: y + 4, size: 10, bold: false, color: NUMBER, anchor: 'middle' }];
  });
}

/** Whether it may be seen; a long street has a corner somewhere near. */
function isNear({ project }: MapView, place: LatLng): boolean {
  const { x, y } = project(place);
  return x > -MAP_WIDTH && x < 2 * MAP_WIDTH && y > -MAP_HEIGHT && y < 2 * MAP_HEIGHT;
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
