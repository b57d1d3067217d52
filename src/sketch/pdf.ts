import { type Drawing, isMarks } from './paint.js';
import { blanksOf, type Frame, MAP_SCALE, type Mark, type Measure, SHEET_WIDTH } from './sheet.js';
import type { Sketch } from './sketch.js';

/** A page of pdfkit, in the server or in a browser: as much of it as a sheet needs. */
export interface Paper<Picture> {
  save(): unknown;
  restore(): unknown;
  translate(x: number, y: number): unknown;
  rotate(degrees: number): unknown;
  scale(by: number): unknown;
  rect(x: number, y: number, width: number, height: number): unknown;
  clip(): unknown;
  lineJoin(style: 'round'): unknown;
  lineCap(style: 'round'): unknown;
  lineWidth(width: number): unknown;
  path(d: string): unknown;
  fill(color: string): unknown;
  stroke(color: string): unknown;
  fillAndStroke(fill: string, stroke: string): unknown;
  font(name: string, size: number): unknown;
  fillColor(color: string): unknown;
  text(text: string, x: number, y: number, options: { lineBreak: false; baseline: 'alphabetic' }): unknown;
  image(picture: Picture, x: number, y: number, options: { width: number; height: number }): unknown;
  link(x: number, y: number, width: number, height: number, url: string): unknown;
}

const A4 = { width: 595.28, height: 841.89 };
/** From the foot of the page, in its points: room for what is filled in by hand. */
const FOOT = 112;

/** What a document of pdfkit is made with. */
export function pageOf({ fileName, title }: Sketch) {
  // No font of its own: the default would be Helvetica, which a browser does not have.
  return { size: 'A4', margin: 0, font: '', info: { Title: fileName, Subject: title, Creator: 'OZloc' } };
}

/** Prints a sketch on one page of A4, its text as text in the fonts `regular` and `bold`; map and code lead to the place. */
export function printSheet<Picture>(
  paper: Paper<Picture>,
  sketch: Sketch,
  { sheet, ground, signs, logo }: Drawing<Picture>,
  measure: Measure,
): void {
  const scale = Math.min(A4.width / SHEET_WIDTH, (A4.height - FOOT) / sheet.height);
  const left = (A4.width - SHEET_WIDTH * scale) / 2;
  const print = (marks: readonly Mark[]) => {
    for (const mark of marks) printMark(paper, mark, measure);
  };
  const picture = (of: Picture, { x, y, width, height }: Frame) => paper.image(of, x, y, { width, height });
  paper.save();
  paper.translate(left, 0);
  paper.scale(scale);
  print(sheet.marks);
  if (sheet.logo && logo) picture(logo, sheet.logo);
  paper.save();
  paper.rect(sheet.map.x, sheet.map.y, sheet.map.width, sheet.map.height);
  paper.clip();
  if (!isMarks(ground)) picture(ground, sheet.map);
  paper.translate(sheet.map.x, sheet.map.y);
  paper.scale(MAP_SCALE);
  if (isMarks(ground)) print(ground);
  print(signs);
  paper.restore();
  print(sheet.above);
  paper.restore();
  const page = A4.width / SHEET_WIDTH;
  paper.save();
  paper.scale(page);
  print(blanksOf(sketch, (A4.height - FOOT) / page));
  paper.restore();
  for (const frame of [sheet.map, sheet.code]) {
    if (frame && sketch.mapUrl)
      paper.link(left + frame.x * scale, frame.y * scale, frame.width * scale, frame.height * scale, sketch.mapUrl);
  }
}

/** The face has every Portuguese letter, and no narrow spaces. */
function printable(text: string): string {
  return text.replace(/[\u2000-\u200a\u00a0\u202f]/g, ' ');
}

/** How much of a text stands before its place. */
const SHARE_BEFORE = { start: 0, middle: 0.5, end: 1 } as const;

function printMark(paper: Paper<never>, mark: Mark, measure: Measure): void {
  paper.save();
  if (mark.kind === 'path') printPath(paper, mark);
  else printText(paper, mark, measure);
  paper.restore();
}

function printPath(paper: Paper<never>, { d, at, fill, stroke, width = 1 }: Mark & { kind: 'path' }): void {
  paper.translate(at?.x ?? 0, at?.y ?? 0);
  paper.lineJoin('round');
  paper.lineCap('round');
  paper.lineWidth(width);
  paper.path(d);
  if (fill && stroke) paper.fillAndStroke(fill, stroke);
  else if (fill) paper.fill(fill);
  else if (stroke) paper.stroke(stroke);
}

function printText(paper: Paper<never>, mark: Mark & { kind: 'text' }, measure: Measure): void {
  const { x, y, size, bold, color, anchor = 'start', angle = 0 } = mark;
  const text = printable(mark.text);
  paper.translate(x, y);
  paper.rotate(angle);
  paper.font(bold ? 'bold' : 'regular', size);
  paper.fillColor(color);
  const left = -measure(text, size, bold) * SHARE_BEFORE[anchor];
  paper.text(text, left, 0, { lineBreak: false, baseline: 'alphabetic' });
}
