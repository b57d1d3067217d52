import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { City } from '../../city/city.js';
import { measureOn, paint } from '../../sketch/paint.js';
import { blanksOf, type Mark, type Measure, SHEET_WIDTH, sheetOf } from '../../sketch/sheet.js';
import type { Sketch } from '../../sketch/sketch.js';
import { MAP_HEIGHT, MAP_WIDTH, mapOf } from './ground.js';

type PathMark = Mark & { kind: 'path' };
type TextMark = Mark & { kind: 'text' };

let loaded: ReturnType<typeof load> | undefined;

/** What draws, and the letters that the pages show, too: read once a sketch is asked for. */
async function load() {
  const [canvas, { default: Pdf }] = await Promise.all([import('@napi-rs/canvas'), import('pdfkit')]);
  const { resolve } = createRequire(import.meta.url);
  const face = (weight: number) =>
    readFileSync(resolve(`@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff`));
  const faces = { regular: face(400), bold: face(600) };
  for (const file of Object.values(faces)) canvas.GlobalFonts.register(file, 'Noto Sans');
  return { ...canvas, Pdf, faces, measure: measureOn(canvas.createCanvas(1, 1).getContext('2d')) };
}

/** The sheet and its map as both formats have them. */
async function drawn(sketch: Sketch, city: City | null) {
  loaded ??= load();
  const tools = await loaded;
  const sheet = sheetOf(sketch, MAP_WIDTH / MAP_HEIGHT, tools.measure);
  return { sheet, map: mapOf(sketch, city, tools.measure), tools };
}

/** The sketch as a picture. */
export async function sketchPng(sketch: Sketch, city: City | null): Promise<Buffer> {
  const { sheet, map, tools } = await drawn(sketch, city);
  const canvas = tools.createCanvas(sheet.width, sheet.height);
  const context = canvas.getContext('2d');
  const pathOf = (d: string) => new tools.Path2D(d);
  paint(context, sheet.marks, pathOf);
  const { x, y, width, height } = sheet.map;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.translate(x, y);
  context.scale(width / MAP_WIDTH, width / MAP_WIDTH);
  paint(context, map, pathOf);
  context.restore();
  paint(context, sheet.above, pathOf);
  return canvas.encode('png');
}

const A4 = { width: 595.28, height: 841.89 };
/** From the foot of the page, in its points: room for what is filled in by hand. */
const FOOT = 112;

/** The sketch on one page of A4, its text as text; the map's picture leads to the place in whatever opens maps for the reader. */
export async function sketchPdf(sketch: Sketch, city: City | null): Promise<Buffer> {
  const { sheet, map, tools } = await drawn(sketch, city);
  const { measure, faces } = tools;
  const pdf = new tools.Pdf({
    size: 'A4',
    margin: 0,
    info: { Title: sketch.fileName, Subject: sketch.title, Creator: 'OZloc' },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', faces.regular).registerFont('bold', faces.bold);
  const scale = Math.min(A4.width / SHEET_WIDTH, (A4.height - FOOT) / sheet.height);
  pdf
    .save()
    .translate((A4.width - SHEET_WIDTH * scale) / 2, 0)
    .scale(scale);
  for (const mark of sheet.marks) print(pdf, mark, measure);
  const { x, y, width, height } = sheet.map;
  pdf
    .save()
    .rect(x, y, width, height)
    .clip()
    .translate(x, y)
    .scale(width / MAP_WIDTH);
  for (const mark of map) print(pdf, mark, measure);
  pdf.restore();
  for (const mark of sheet.above) print(pdf, mark, measure);
  pdf.restore();
  const page = A4.width / SHEET_WIDTH;
  pdf.save().scale(page);
  for (const mark of blanksOf(sketch, (A4.height - FOOT) / page)) print(pdf, mark, measure);
  pdf.restore();
  const { client } = sketch;
  if (client) {
    const url = `https://www.google.com/maps/search/?api=1&query=${client.lat.toFixed(6)},${client.lng.toFixed(6)}`;
    pdf.link((A4.width - SHEET_WIDTH * scale) / 2 + x * scale, y * scale, width * scale, height * scale, url);
  }
  pdf.end();
  return ended;
}

/** The face has every Portuguese letter, and no narrow spaces. */
function printable(text: string): string {
  return text.replace(/[\u2000-\u200a\u00a0\u202f]/g, ' ');
}

/** How much of a text stands before its place. */
function shareBefore(anchor: TextMark['anchor']): number {
  if (anchor === 'middle') return 0.5;
  return anchor === 'end' ? 1 : 0;
}

function print(pdf: PDFKit.PDFDocument, mark: Mark, measure: Measure): void {
  pdf.save();
  if (mark.kind === 'path') printPath(pdf, mark);
  else printText(pdf, mark, measure);
  pdf.restore();
}

function printPath(pdf: PDFKit.PDFDocument, { d, at, fill, stroke, width = 1 }: PathMark): void {
  pdf
    .translate(at?.x ?? 0, at?.y ?? 0)
    .lineJoin('round')
    .lineCap('round')
    .lineWidth(width)
    .path(d);
  if (fill && stroke) pdf.fillAndStroke(fill, stroke);
  else if (fill) pdf.fill(fill);
  else if (stroke) pdf.stroke(stroke);
}

function printText(pdf: PDFKit.PDFDocument, mark: TextMark, measure: Measure): void {
  const { x, y, size, bold, color, anchor, angle = 0 } = mark;
  const text = printable(mark.text);
  const left = -measure(text, size, bold) * shareBefore(anchor);
  pdf
    .translate(x, y)
    .rotate(angle)
    .font(bold ? 'bold' : 'regular', size)
    .fillColor(color);
  pdf.text(text, left, 0, { lineBreak: false, baseline: 'alphabetic' });
}
