import qrcode from 'qrcode-generator';
import { type Fact, PAPER, type Sketch } from './sketch.js';

/** One stroke of a drawing, in its pixels: what a browser's canvas, an SVG and a PDF all can draw. */
export type Mark =
  /** `d` as SVG writes paths; `at` moves its origin. */
  | { kind: 'path'; d: string; at?: Spot; fill?: string; stroke?: string; width?: number }
  /** `y` is its base line; `angle` in degrees, clockwise. */
  | {
      kind: 'text';
      text: string;
      x: number;
      y: number;
      size: number;
      bold: boolean;
      color: string;
      anchor?: 'middle' | 'end';
      angle?: number;
    };

export interface Spot {
  x: number;
  y: number;
}

/** A rectangle in pixels. */
export interface Frame extends Spot {
  width: number;
  height: number;
}

/** How wide a text is, in pixels. */
export type Measure = (text: string, size: number, bold: boolean) => number;

/** Whose sheet it is: a provider's name and phone number, and how large its logo is, in pixels of its picture. */
export interface Brand {
  name: string | null;
  phone: string | null;
  logo: { width: number; height: number } | null;
}

/** A sheet: its marks, and where the map's picture, the code that leads to the place and the provider's logo are. */
export interface Sheet {
  width: number;
  height: number;
  marks: Mark[];
  map: Frame;
  code: Frame | null;
  logo: Frame | null;
  /** What is drawn after the map. */
  above: Mark[];
}

export const SHEET_WIDTH = 1600;
/** The map's picture, in pixels that the sheet enlarges. */
export const MAP_WIDTH = 920;
export const MAP_HEIGHT = 662;
const MARGIN = 64;
const INNER = SHEET_WIDTH - 2 * MARGIN;
/** Pixels of the sheet for each of the map's. */
export const MAP_SCALE = INNER / MAP_WIDTH;
const MAP_FRAME_HEIGHT = Math.round(MAP_HEIGHT * MAP_SCALE);
const BAND_TOP = MARGIN + 104;
const BAND = 132;
const MAP_TOP = BAND_TOP + BAND + 24;
/** Below the map: its scale, north, and whose map it is. */
const STRIP = 52;
const DATA_TOP = MAP_TOP + MAP_FRAME_HEIGHT + STRIP + 28;
const ROW = 92;
const CODE = 196;
/** So many columns has the grid below the map; an address takes two, a note all of them and some lines. */
const COLUMNS = 3;
const NOTE_LINES = 4;
const NOTE_LINE = 38;
const NOTE_FROM = 52;

interface MapNotes {
  /** Of the map's picture; null where it shows no place. */
  metresPerPixel: number | null;
  /** Whose map it is, as its makers want it said; empty where nobody asks for it. */
  attribution: string;
}

/** Lays map and data out: what is looked for at the box on top, the map, the rest below. */
export function sheetOf(sketch: Sketch, brand: Brand, map: MapNotes, measure: Measure): Sheet {
  const code = sketch.mapUrl === null ? null : codeOf(sketch.mapUrl, sketch.scan);
  const width = code ? INNER - CODE - 44 : INNER;
  const notes = sketch.rows.filter(([, value]) => value.length > NOTE_FROM);
  const cells = grid(sketch.rows.filter((row) => !notes.includes(row)));
  const gridBottom = DATA_TOP + ((cells.at(-1)?.line ?? -1) + 1) * ROW;
  const notesTop = Math.max(gridBottom, code && notes.length > 0 ? DATA_TOP + CODE + 48 : 0);
  const texts = notes.map(([name, value]) => ({ name, lines: wrapped(value, measure) }));
  const bottom = notesTop + texts.reduce((sum, { lines }) => sum + noteHeight(lines), 0);
  const height = Math.max(bottom, code ? DATA_TOP + CODE + 44 : 0) + MARGIN / 2;
  const header = headerOf(sketch, brand, measure);
  return {
    width: SHEET_WIDTH,
    height,
    marks: [
      { kind: 'path', d: rectangle(0, 0, SHEET_WIDTH, height), fill: '#ffffff' },
      { kind: 'path', d: rectangle(0, 0, SHEET_WIDTH, 14), fill: PAPER.accent },
      ...header.marks,
      ...bandOf(sketch, measure),
      ...cellsOf(cells, width / COLUMNS, measure),
      ...notesOf(texts, notesTop, measure),
      ...(code?.marks ?? []),
    ],
    map: { x: MARGIN, y: MAP_TOP, width: INNER, height: MAP_FRAME_HEIGHT },
    code: code?.frame ?? null,
    logo: header.logo,
    above: stripOf(map, measure),
  };
}

/** What it is and when it was made; on the right whose it is. */
function headerOf(
  sketch: Sketch,
  { name, phone, logo }: Brand,
  measure: Measure,
): { marks: Mark[]; logo: Frame | null } {
  const right = SHEET_WIDTH - MARGIN;
  const fit = logo && Math.min(300 / logo.width, 72 / logo.height);
  const size = logo && fit ? { width: logo.width * fit, height: logo.height * fit } : null;
  const frame = size && { x: right - size.width, y: MARGIN + 40 - size.height / 2, ...size };
  const marks: Mark[] = [
    write(sketch.title, MARGIN, MARGIN + 38, { size: 46, bold: true }),
    write(sketch.subtitle, MARGIN, MARGIN + 78, { size: 24 }),
  ];
  const at = frame ? frame.x - 20 : right;
  const room = at - MARGIN - measure(sketch.title, 46, true) - 60;
  const said = (text: string, y: number, size: number, bold: boolean) =>
    marks.push({ ...write(fitted(text, room, size, measure), at, y, { size, bold }), anchor: 'end' });
  if (name !== null) said(name, MARGIN + (phone === null ? 50 : 36), 30, true);
  if (phone !== null) said(phone, MARGIN + (name === null ? 50 : 74), 24, false);
  return { marks, logo: frame };
}

function bandOf({ highlights }: Sketch, measure: Measure): Mark[] {
  const share = INNER / Math.max(1, highlights.length);
  return [
    { kind: 'path', d: rectangle(MARGIN, BAND_TOP, INNER, BAND, 14), fill: PAPER.soft },
    ...highlights.flatMap(([name, value], index) => {
      const x = MARGIN + 32 + index * share;
      return [
        write(name, x, BAND_TOP + 48, { size: 24 }),
        write(fitted(value, share - 40, 38, measure), x, BAND_TOP + 98, { size: 38, bold: true }),
      ];
    }),
  ];
}

function cellsOf(cells: readonly Cell[], column: number, measure: Measure): Mark[] {
  return cells.flatMap(({ fact: [name, value], line, from, span }) => {
    const [x, y] = [MARGIN + from * column, DATA_TOP + line * ROW];
    return [
      write(name, x, y + 24, { size: 22 }),
      write(fitted(value, span * column - 30, 28, measure), x, y + 62, { size: 28, bold: true }),
    ];
  });
}

function notesOf(notes: readonly { name: string; lines: string[] }[], top: number, measure: Measure): Mark[] {
  let y = top;
  return notes.flatMap(({ name, lines }) => {
    const from = y;
    y += noteHeight(lines);
    return [
      write(name, MARGIN, from + 24, { size: 22 }),
      ...lines.map((line, index) =>
        write(fitted(line, INNER, 28, measure), MARGIN, from + 62 + index * NOTE_LINE, { size: 28, bold: true }),
      ),
    ];
  });
}

/** A QR code at the right of the data, four of its squares' width from anything else, as readers need it. */
function codeOf(url: string, caption: string): { marks: Mark[]; frame: Frame } {
  const qr = qrcode(0, 'M');
  qr.addData(url);
  qr.make();
  const count = qr.getModuleCount();
  // Whole pixels: nothing between two squares is grey.
  const side = Math.floor(CODE / count);
  const frame = { x: SHEET_WIDTH - MARGIN - side * count, y: DATA_TOP, width: side * count, height: side * count };
  const cells = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const);
  const d = cells
    .filter(([row, column]) => qr.isDark(row, column))
    .map(([row, column]) => `M${column * side} ${row * side}h${side}v${side}h${-side}Z`)
    .join('');
  return {
    frame,
    marks: [
      { kind: 'path', d, at: { x: frame.x, y: frame.y }, fill: PAPER.ink },
      { ...write(caption, frame.x + frame.width / 2, frame.y + frame.height + 32, { size: 22 }), anchor: 'middle' },
    ],
  };
}

/** A bar as long as a round number of metres, north, and whose map it is; below the map, where they cover nothing of it. */
function stripOf({ metresPerPixel, attribution }: MapNotes, measure: Measure): Mark[] {
  const top = MAP_TOP + MAP_FRAME_HEIGHT;
  const marks: Mark[] = [
    { kind: 'path', d: rectangle(MARGIN, MAP_TOP, INNER, MAP_FRAME_HEIGHT + STRIP), stroke: PAPER.line, width: 2 },
    { kind: 'path', d: `M${MARGIN} ${top}h${INNER}`, stroke: PAPER.line, width: 2 },
  ];
  if (metresPerPixel === null) return marks;
  const metres = [5, 10, 20, 50, 100, 200, 500].find((metres) => (metres / metresPerPixel) * MAP_SCALE > 150) ?? 1000;
  const length = (metres / metresPerPixel) * MAP_SCALE;
  const [x, y] = [MARGIN + 74, top + 32];
  const said = attribution === '' ? '' : fitted(attribution, INNER - length - 260, 18, measure);
  return [
    ...marks,
    { kind: 'path', d: 'M0 -17 8 6 0 1 -8 6Z', at: { x: MARGIN + 30, y: top + 26 }, fill: PAPER.ink },
    { ...write('N', MARGIN + 52, top + 34, { size: 20, bold: true }), anchor: 'middle' },
    { kind: 'path', d: `M${x} ${y - 12}V${y}H${x + length}V${y - 12}`, stroke: PAPER.ink, width: 3 },
    write(`${metres} m`, x + length + 14, y + 2, { size: 20 }),
    { ...write(said, SHEET_WIDTH - MARGIN - 14, y + 2, { size: 18 }), anchor: 'end' },
  ];
}

const BLANK_ROW = 62;

/** Lines to be filled in by hand, below a sheet that ends at `top`. */
export function blanksOf({ blanks, blanksTitle }: Sketch, top: number): Mark[] {
  const column = INNER / 2;
  return [
    { kind: 'path', d: `M${MARGIN} ${top}H${SHEET_WIDTH - MARGIN}`, stroke: PAPER.line, width: 2 },
    write(blanksTitle, MARGIN, top + 44, { size: 28, bold: true }),
    ...blanks.flatMap((name, index): Mark[] => {
      const x = MARGIN + (index % 2) * column;
      const y = top + 116 + Math.floor(index / 2) * BLANK_ROW * 1.6;
      return [
        { kind: 'path', d: `M${x} ${y}h${column - 40}`, stroke: PAPER.blank, width: 2 },
        write(name, x, y + 28, { size: 22 }),
      ];
    }),
  ];
}

/** A rectangle, its corners rounded where a radius is given. */
export function rectangle(x: number, y: number, width: number, height: number, radius = 0): string {
  if (radius === 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  const [w, h, r] = [width - 2 * radius, height - 2 * radius, radius];
  const corner = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${x + r} ${y}h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}Z`;
}

function write(text: string, x: number, y: number, { size, bold = false }: { size: number; bold?: boolean }) {
  return { kind: 'text' as const, text, x, y, size, bold, color: bold ? PAPER.ink : PAPER.muted };
}

interface Cell {
  fact: Fact;
  line: number;
  from: number;
  span: number;
}

/** Facts in lines of three columns; long ones take two. */
function grid(facts: readonly Fact[]): Cell[] {
  let [line, from] = [0, 0];
  return facts.map((fact) => {
    const span = fact[1].length > 26 ? 2 : 1;
    if (from + span > COLUMNS) [line, from] = [line + 1, 0];
    const cell = { fact, line, from, span };
    from += span;
    return cell;
  });
}

function noteHeight(lines: readonly string[]): number {
  return ROW + (lines.length - 1) * NOTE_LINE;
}

/** A text in lines; what is more than some of them stays one long line, to be cut where it is written. */
function wrapped(value: string, measure: Measure): string[] {
  const lines = [''];
  for (const word of value.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    const full = measure(longer, 28, true) > INNER && lines.length < NOTE_LINES;
    if (full) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function fitted(value: string, width: number, size: number, measure: Measure): string {
  const line = value.replace(/\s+/g, ' ');
  if (measure(line, size, true) <= width) return line;
  let cut = line;
  while (cut.length > 1 && measure(`${cut}…`, size, true) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}
