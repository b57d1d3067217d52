import type { I18n } from '../../shared/i18n/i18n.js';
import type { PageConfig } from '../../shared/page-config.js';
import type { Outcome, OzlocState } from '../state/state.js';
import { drawMap } from './map-image.js';
import { type Fact, PAPER, type Sketch, sketchOf } from './sketch.js';

const WIDTH = 1600;
const MARGIN = 64;
const FACE = '"Noto Sans", system-ui, sans-serif';
const BAND = 132;
const ROW = 92;
/** So many columns has the grid below the map; an address takes two, a note all of them and some lines. */
const COLUMNS = 3;
const NOTE_LINES = 4;
const NOTE_LINE = 38;
const NOTE_FROM = 52;

/** Lays map and data out on one picture: what is looked for at the box on top, the map, the rest below. */
export async function sketchPng(sketch: Sketch, map: HTMLCanvasElement): Promise<Blob> {
  await Promise.all([document.fonts.load(`400 24px ${FACE}`), document.fonts.load(`600 24px ${FACE}`)]).catch(() => []);
  const inner = WIDTH - 2 * MARGIN;
  const mapHeight = Math.round((inner * map.height) / map.width);
  const bandTop = MARGIN + 84;
  const mapTop = bandTop + BAND + 24;
  const dataTop = mapTop + mapHeight + 36;
  const notes = sketch.rows.filter(([, value]) => value.length > NOTE_FROM);
  const cells = grid(sketch.rows.filter((row) => !notes.includes(row)));
  const notesTop = dataTop + ((cells.at(-1)?.line ?? -1) + 1) * ROW;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.font = `600 28px ${FACE}`;
  const texts = notes.map(([name, value]) => ({ name, lines: wrapped(context, value, inner) }));
  canvas.width = WIDTH;
  canvas.height = notesTop + texts.reduce((sum, { lines }) => sum + noteHeight(lines), 0) + MARGIN / 2;
  const write = (
    value: string,
    x: number,
    y: number,
    font: string,
    color: string,
    width = Number.POSITIVE_INFINITY,
  ) => {
    context.font = `${font} ${FACE}`;
    context.fillStyle = color;
    context.fillText(fitted(context, value, width), x, y);
  };

  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = PAPER.accent;
  context.fillRect(0, 0, canvas.width, 14);
  write(sketch.title, MARGIN, MARGIN + 42, '600 46px', PAPER.ink);
  context.textAlign = 'right';
  write(sketch.subtitle, WIDTH - MARGIN, MARGIN + 42, '400 26px', PAPER.muted);
  context.textAlign = 'left';

  context.fillStyle = PAPER.soft;
  context.beginPath();
  context.roundRect(MARGIN, bandTop, inner, BAND, 14);
  context.fill();
  const share = inner / Math.max(1, sketch.highlights.length);
  for (const [index, [name, value]] of sketch.highlights.entries()) {
    const x = MARGIN + 32 + index * share;
    write(name, x, bandTop + 48, '400 24px', PAPER.muted);
    write(value, x, bandTop + 98, '600 38px', PAPER.ink, share - 40);
  }

  context.drawImage(map, MARGIN, mapTop, inner, mapHeight);
  context.strokeStyle = PAPER.line;
  context.lineWidth = 2;
  context.strokeRect(MARGIN, mapTop, inner, mapHeight);

  const column = inner / COLUMNS;
  for (const { fact, line, from, span } of cells) {
    const [x, y] = [MARGIN + from * column, dataTop + line * ROW];
    write(fact[0], x, y + 24, '400 22px', PAPER.muted);
    write(fact[1], x, y + 62, '600 28px', PAPER.ink, span * column - 30);
  }
  let y = notesTop;
  for (const { name, lines } of texts) {
    write(name, MARGIN, y + 24, '400 22px', PAPER.muted);
    for (const [index, line] of lines.entries())
      write(line, MARGIN, y + 62 + index * NOTE_LINE, '600 28px', PAPER.ink, inner);
    y += noteHeight(lines);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
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
function wrapped(context: CanvasRenderingContext2D, value: string, width: number): string[] {
  const lines = [''];
  for (const word of value.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    const full = context.measureText(longer).width > width && lines.length < NOTE_LINES;
    if (full) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function fitted(context: CanvasRenderingContext2D, value: string, width: number): string {
  const line = value.replace(/\s+/g, ' ');
  if (context.measureText(line).width <= width) return line;
  let cut = line;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}

/** Makes the sketch in the page and hands it to the person as a file. */
export async function downloadSketch(request: {
  format: 'png' | 'pdf';
  outcome: Outcome;
  state: OzlocState;
  i18n: I18n;
  config: PageConfig;
}): Promise<void> {
  const { format, outcome, state, i18n, config } = request;
  const sketch = sketchOf(outcome, state, i18n, new Date());
  const map = await drawMap(sketch, state, config.map);
  const file = format === 'png' ? await sketchPng(sketch, map) : await pdfOf();
  save(file, `${sketch.fileName}.${format}`);

  async function pdfOf() {
    const { sketchPdf } = await import('./pdf.js');
    return sketchPdf(sketch, map);
  }
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
