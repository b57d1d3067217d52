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

interface Spot {
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

/** A sheet: its marks, then the map's picture in its frame, then the marks above it. */
export interface Sheet {
  width: number;
  height: number;
  marks: Mark[];
  map: Frame;
  above: Mark[];
}

export const SHEET_WIDTH = 1600;
const MARGIN = 64;
const INNER = SHEET_WIDTH - 2 * MARGIN;
const BAND = 132;
const ROW = 92;
/** So many columns has the grid below the map; an address takes two, a note all of them and some lines. */
const COLUMNS = 3;
const NOTE_LINES = 4;
const NOTE_LINE = 38;
const NOTE_FROM = 52;

/** Lays map and data out: what is looked for at the box on top, the map, the rest below. `aspect`: of the map, width by height. */
export function sheetOf(sketch: Sketch, aspect: number, measure: Measure): Sheet {
  const mapHeight = Math.round(INNER / aspect);
  const bandTop = MARGIN + 84;
  const mapTop = bandTop + BAND + 24;
  const dataTop = mapTop + mapHeight + 36;
  const notes = sketch.rows.filter(([, value]) => value.length > NOTE_FROM);
  const cells = grid(sketch.rows.filter((row) => !notes.includes(row)));
  const notesTop = dataTop + ((cells.at(-1)?.line ?? -1) + 1) * ROW;
  const texts = notes.map(([name, value]) => ({ name, lines: wrapped(value, measure) }));
  const height = notesTop + texts.reduce((sum, { lines }) => sum + noteHeight(lines), 0) + MARGIN / 2;
  const marks: Mark[] = [
    { kind: 'path', d: rectangle(0, 0, SHEET_WIDTH, height), fill: '#ffffff' },
    { kind: 'path', d: rectangle(0, 0, SHEET_WIDTH, 14), fill: PAPER.accent },
    { kind: 'path', d: rectangle(MARGIN, bandTop, INNER, BAND, 14), fill: PAPER.soft },
    write(sketch.title, MARGIN, MARGIN + 42, { size: 46, bold: true }),
    { ...write(sketch.subtitle, SHEET_WIDTH - MARGIN, MARGIN + 42, { size: 26 }), anchor: 'end' },
  ];
  const share = INNER / Math.max(1, sketch.highlights.length);
  for (const [index, [name, value]] of sketch.highlights.entries()) {
    const x = MARGIN + 32 + index * share;
    marks.push(write(name, x, bandTop + 48, { size: 24 }));
    marks.push(write(fitted(value, share - 40, 38, measure), x, bandTop + 98, { size: 38, bold: true }));
  }
  const column = INNER / COLUMNS;
  for (const { fact, line, from, span } of cells) {
    const [x, y] = [MARGIN + from * column, dataTop + line * ROW];
    marks.push(write(fact[0], x, y + 24, { size: 22 }));
    marks.push(write(fitted(fact[1], span * column - 30, 28, measure), x, y + 62, { size: 28, bold: true }));
  }
  let y = notesTop;
  for (const { name, lines } of texts) {
    marks.push(write(name, MARGIN, y + 24, { size: 22 }));
    for (const [index, line] of lines.entries())
      marks.push(write(fitted(line, INNER, 28, measure), MARGIN, y + 62 + index * NOTE_LINE, { size: 28, bold: true }));
    y += noteHeight(lines);
  }
  const map = { x: MARGIN, y: mapTop, width: INNER, height: mapHeight };
  const above: Mark[] = [
    { kind: 'path', d: rectangle(MARGIN, mapTop, INNER, mapHeight), stroke: PAPER.line, width: 2 },
  ];
  return { width: SHEET_WIDTH, height, marks, map, above };
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
