import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Font } from 'fontkit';
import type { City } from '../../city/city.js';
import { blanksOf, type Mark, type Measure, SHEET_WIDTH, type Sheet, sheetOf } from '../../sketch/sheet.js';
import type { Sketch } from '../../sketch/sketch.js';
import { MAP_HEIGHT, MAP_WIDTH, mapOf } from './ground.js';

type PathMark = Mark & { kind: 'path' };
type TextMark = Mark & { kind: 'text' };

/** Of letters, as the pages show them. Read once a sketch is asked for. */
interface Faces {
  files: { regular: Buffer; bold: Buffer };
  regular: Font;
  bold: Font;
}

let faces: Promise<Faces> | undefined;

/** The sketch as a picture. */
export async function sketchPng(sketch: Sketch, city: City | null): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const { sheet, map, letters } = await drawn(sketch, city);
  const svg = svgOf(sheet, map, letters);
  return (await renderAsync(svg, { font: { loadSystemFonts: false } })).asPng();
}

const A4 = { width: 595.28, height: 841.89 };
/** From the foot of the page, in its points: room for what is filled in by hand. */
const FOOT = 112;

/** The sketch on one page of A4, its text as text; the map's picture leads to the place in whatever opens maps for the reader. */
export async function sketchPdf(sketch: Sketch, city: City | null): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const { sheet, map, letters } = await drawn(sketch, city);
  const pdf = new PDFDocument({
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
  pdf.registerFont('regular', letters.files.regular).registerFont('bold', letters.files.bold);
  const measure = measureIn(letters);
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

async function drawn(sketch: Sketch, city: City | null) {
  faces ??= readFaces();
  const letters = await faces;
  const measure = measureIn(letters);
  const sheet = sheetOf(sketch, MAP_WIDTH / MAP_HEIGHT, measure);
  return { sheet, map: mapOf(sketch, city, measure), letters };
}

async function readFaces(): Promise<Faces> {
  const { create } = await import('fontkit');
  const file = (weight: number) =>
    readFileSync(
      createRequire(import.meta.url).resolve(`@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff`),
    );
  const files = { regular: file(400), bold: file(600) };
  return { files, regular: create(files.regular) as Font, bold: create(files.bold) as Font };
}

function measureIn(letters: Faces): Measure {
  return (text, size, bold) => {
    const font = bold ? letters.bold : letters.regular;
    return (font.layout(printable(text)).advanceWidth * size) / font.unitsPerEm;
  };
}

/** The face has every Portuguese letter, and no narrow spaces. */
function printable(text: string): string {
  return text.replace(/[\u2000-\u200a\u00a0\u202f]/g, ' ');
}

/** Letters as outlines: whoever draws it needs no fonts. */
function svgOf({ width, height, marks, map: frame, above }: Sheet, map: readonly Mark[], letters: Faces): string {
  const drawnAs = (mark: Mark) => (mark.kind === 'path' ? pathSvg(mark) : textSvg(mark, letters));
  const scale = frame.width / MAP_WIDTH;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    ...marks.map(drawnAs),
    `<svg x="${frame.x}" y="${frame.y}" width="${frame.width}" height="${frame.height}"><g transform="scale(${scale})">`,
    ...map.map(drawnAs),
    '</g></svg>',
    ...above.map(drawnAs),
    '</svg>',
  ].join('');
}

function pathSvg({ d, at, fill = 'none', stroke = 'none', width = 1 }: PathMark): string {
  const moved = at ? ` transform="translate(${at.x} ${at.y})"` : '';
  return `<path d="${d}"${moved} fill="${fill}" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`;
}

function textSvg({ text, x, y, size, bold, color, anchor, angle = 0 }: TextMark, letters: Faces): string {
  const font = bold ? letters.bold : letters.regular;
  const { glyphs, positions, advanceWidth } = font.layout(printable(text));
  const scale = size / font.unitsPerEm;
  let pen = -advanceWidth * shareBefore(anchor);
  const outlines = glyphs.map((glyph, at) => {
    const left = pen + (positions[at]?.xOffset ?? 0);
    pen += positions[at]?.xAdvance ?? glyph.advanceWidth;
    return `<path transform="translate(${left} 0)" d="${glyph.path.toSVG()}"/>`;
  });
  return `<g fill="${color}" transform="translate(${x} ${y}) rotate(${angle}) scale(${scale} ${-scale})">${outlines.join('')}</g>`;
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
