import { type Frame, MAP_HEIGHT, MAP_WIDTH, type Mark, type Measure, rectangle, type Spot } from './sheet.js';
import { type LatLng, PAPER, type Sketch } from './sketch.js';

/** Around the client, the box and the drop. */
const PADDING = 130;
const CLOSEST_M_PER_PIXEL = 0.125;
const METRES_PER_DEGREE = 111_320;

/** Which part of the world the map's picture shows: north is up. */
export interface MapView {
  center: LatLng;
  metresPerPixel: number;
  project(place: LatLng): Spot;
}

/** Client, box and drop, as large as they go; null where none of them has a place. */
export function viewOf({ client, box, path }: Sketch): MapView | null {
  const places = [client, box, ...path].filter((place) => place !== null);
  if (places.length === 0) return null;
  const [lats, lngs] = [places.map(({ lat }) => lat), places.map(({ lng }) => lng)];
  const [south, north, west, east] = [Math.min(...lats), Math.max(...lats), Math.min(...lngs), Math.max(...lngs)];
  const center = { lat: (south + north) / 2, lng: (west + east) / 2 };
  const eastM = METRES_PER_DEGREE * Math.cos((center.lat * Math.PI) / 180);
  const metresPerPixel = Math.max(
    CLOSEST_M_PER_PIXEL,
    ((east - west) * eastM) / (MAP_WIDTH - 2 * PADDING),
    ((north - south) * METRES_PER_DEGREE) / (MAP_HEIGHT - 2 * PADDING),
  );
  return {
    center,
    metresPerPixel,
    project: ({ lat, lng }) => ({
      x: MAP_WIDTH / 2 + ((lng - center.lng) * eastM) / metresPerPixel,
      y: MAP_HEIGHT / 2 - ((lat - center.lat) * METRES_PER_DEGREE) / metresPerPixel,
    }),
  };
}

/** The client and its drop. */
const CLIENT_COLOR = '#b8155a';
const BOX_COLOR = '#14683a';

/** What is drawn over the ground: the drop with its length, its poles and their names where these fit, the box, the client. */
export function signsOf({ path, poles, box, client, dropLabel }: Sketch, view: MapView, measure: Measure): Mark[] {
  const line = path.map(view.project);
  const pinAt = client && view.project(client);
  const boxAt = box && view.project(box);
  const taken = [
    ...line.slice(1, -1).map((pole) => around(pole, 12, 12)),
    ...(pinAt ? [{ x: pinAt.x - 18, y: pinAt.y - 46, width: 36, height: 48 }] : []),
    ...(boxAt ? [around(boxAt, 22, 22)] : []),
  ];
  const place = placing(taken, measure);
  const middle = dropLabel ? middleOf(line) : null;
  const length = middle && place(dropLabel ?? '', LENGTH, (frame) => [middle, ...beside(middle, frame, 16)]);
  // The line itself may pass below its own length, and below no name.
  taken.push(...alongLine(line));
  const nameplates = [
    ...(box && boxAt ? boxName(box.name, boxAt) : []),
    ...poles.flatMap(({ name, ...at }) => {
      const frame = place(name, POLE_NAME, (own) => beside(view.project(at), own, 10));
      return frame ? nameplate(name, POLE_NAME, frame) : [];
    }),
  ];
  return [
    ...drawn(line, boxAt),
    ...(boxAt ? boxMark(boxAt) : []),
    ...(length ? pill(dropLabel ?? '', LENGTH, length) : []),
    ...nameplates,
    ...(pinAt ? pin(pinAt) : []),
  ];

  /** Below the box, or where nothing is in its way; the box that is looked for is never without it. */
  function boxName(name: string, at: Spot): Mark[] {
    const below = { x: at.x, y: at.y + 24 };
    const frame = place(name, BOX_NAME, (own) => [below, ...beside(at, own, 14)]);
    return nameplate(name, BOX_NAME, frame ?? around(below, measure(name, BOX_NAME.size, true) + 12, 22));
  }
}

/** Puts a text at the first of these middles where it covers nothing, which is then taken; null where it would everywhere. */
function placing(taken: Frame[], measure: Measure) {
  return (text: string, { size, bold, pad }: Lettering, middles: (frame: Frame) => Spot[]): Frame | null => {
    const frame = { x: 0, y: 0, width: measure(text, size, bold) + 2 * pad, height: size + 8 };
    const spots = middles(frame).map((middle) => around(middle, frame.width, frame.height));
    const free = spots.find((spot) => isInside(spot) && !taken.some((other) => overlap(spot, other)));
    if (free) taken.push(free);
    return free ?? null;
  };
}

interface Lettering {
  size: number;
  bold: boolean;
  /** Between the text and the rim of what it stands on. */
  pad: number;
  color: string;
}

const LENGTH: Lettering = { size: 17, bold: true, pad: 9, color: CLIENT_COLOR };
const BOX_NAME: Lettering = { size: 14, bold: true, pad: 6, color: BOX_COLOR };
const POLE_NAME: Lettering = { size: 12, bold: false, pad: 3, color: PAPER.muted };

function around({ x, y }: Spot, width: number, height: number): Frame {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Middles right, left, below and above of a spot, then at its corners. */
function beside({ x, y }: Spot, { width, height }: Frame, gap: number): Spot[] {
  const [dx, dy] = [width / 2 + gap, height / 2 + gap];
  const [cx, cy] = [dx - gap / 3, dy - gap / 3];
  return [
    { x: x + dx, y },
    { x: x - dx, y },
    { x, y: y + dy },
    { x, y: y - dy },
    { x: x + cx, y: y + cy },
    { x: x - cx, y: y + cy },
    { x: x + cx, y: y - cy },
    { x: x - cx, y: y - cy },
  ];
}

function isInside({ x, y, width, height }: Frame): boolean {
  return x > 4 && y > 4 && x + width < MAP_WIDTH - 4 && y + height < MAP_HEIGHT - 4;
}

function overlap(a: Frame, b: Frame): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function legsOf(line: readonly Spot[]): { from: Spot; to: Spot; length: number }[] {
  return line.slice(1).map((to, index) => {
    const from = line[index] ?? to;
    return { from, to, length: Math.hypot(to.x - from.x, to.y - from.y) };
  });
}

/** Small frames in a row along each leg. */
function alongLine(line: readonly Spot[]): Frame[] {
  return legsOf(line).flatMap(({ from, to, length }) => {
    const steps = Math.ceil(length / 6);
    return Array.from({ length: steps }, (_, step) => {
      const share = step / steps;
      return around({ x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share }, 6, 6);
    });
  });
}

/** The middle of a path's longest leg: there the label hides no pole. */
function middleOf(line: readonly Spot[]): Spot | null {
  const [longest] = legsOf(line).sort((a, b) => b.length - a.length);
  if (!longest?.length) return null;
  return { x: (longest.from.x + longest.to.x) / 2, y: (longest.from.y + longest.to.y) / 2 };
}

function drawn(line: readonly Spot[], box: Spot | null): Mark[] {
  if (line.length < 2) return [];
  const poles = line.slice(1, -1).map((at): Mark => {
    // A pole that carries the box is seen around it: whoever counts comes to the number above.
    const r = box && Math.hypot(at.x - box.x, at.y - box.y) < 9 ? 15 : 5;
    const d = `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
    return { kind: 'path', d, at, fill: '#ffffff', stroke: CLIENT_COLOR, width: 2.5 };
  });
  return [{ kind: 'path', d: lineOf(line), stroke: CLIENT_COLOR, width: 3 }, ...poles];
}

/** An open line, as SVG writes it. */
export function lineOf(line: readonly Spot[]): string {
  return line.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

function boxMark(at: Spot): Mark[] {
  return [{ kind: 'path', d: rectangle(-9, -9, 18, 18, 3), at, fill: BOX_COLOR, stroke: '#ffffff', width: 2 }];
}

function pill(text: string, lettering: Lettering, frame: Frame): Mark[] {
  const shape = rectangle(frame.x, frame.y - 2, frame.width, frame.height + 4, (frame.height + 4) / 2);
  return [{ kind: 'path', d: shape, fill: '#ffffff', stroke: lettering.color, width: 2 }, amid(text, lettering, frame)];
}

function nameplate(text: string, lettering: Lettering, frame: Frame): Mark[] {
  const shape = rectangle(frame.x, frame.y + 1, frame.width, frame.height - 2, 4);
  return [{ kind: 'path', d: shape, fill: '#ffffff' }, amid(text, lettering, frame)];
}

function amid(text: string, { size, bold, color }: Lettering, { x, y, width, height }: Frame): Mark {
  const at = { x: x + width / 2, y: y + height / 2 + size * 0.35 };
  return { kind: 'text', text, ...at, size, bold, color, anchor: 'middle' };
}

function pin({ x, y }: Spot): Mark[] {
  const at = { x: x - 18, y: y - 44 };
  const drop = 'M18 44C28 31 33 24.5 33 17a15 15 0 1 0-30 0c0 7.5 5 14 15 27Z';
  return [
    { kind: 'path', d: drop, at, fill: CLIENT_COLOR, stroke: '#ffffff', width: 2.5 },
    { kind: 'path', d: 'M18 11.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z', at, fill: '#ffffff' },
  ];
}
