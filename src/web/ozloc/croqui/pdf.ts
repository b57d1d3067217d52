import { jsPDF } from 'jspdf';
import { PAPER, type Sketch } from '../../../sketch/sketch.js';

const MARGIN = 14;
const [PAGE_WIDTH, PAGE_HEIGHT] = [210, 297];
const WIDTH = PAGE_WIDTH - 2 * MARGIN;
const BAND = 18;
const NAME_WIDTH = 34;
/** A note is cut after so many lines: the fields to fill in must stay on the page. */
const MOST_LINES = 5;

/** Lays map and data out on one A4 page, the text as text: it can be searched and copied, and the position opens a map. Millimetres. */
export function sketchPdf(sketch: Sketch, map: HTMLCanvasElement): Blob {
  const pdf = new jsPDF({ unit: 'mm', format: 'a4', compress: true });
  pdf.setProperties({ title: sketch.fileName, subject: sketch.title, creator: 'OZloc' });
  const font = (style: 'normal' | 'bold', size: number, color: string) =>
    pdf.setFont('helvetica', style).setFontSize(size).setTextColor(color);

  pdf.setFillColor(PAPER.accent).rect(0, 0, PAGE_WIDTH, 2.5, 'F');
  font('bold', 19, PAPER.ink).text(sketch.title, MARGIN, 16);
  font('normal', 10, PAPER.muted).text(sketch.subtitle, PAGE_WIDTH - MARGIN, 16, { align: 'right' });

  pdf.setFillColor(PAPER.soft).roundedRect(MARGIN, 21, WIDTH, BAND, 2, 2, 'F');
  const share = WIDTH / Math.max(1, sketch.highlights.length);
  for (const [index, [name, value]] of sketch.highlights.entries()) {
    const x = MARGIN + 4 + index * share;
    font('normal', 9, PAPER.muted).text(name, x, 27.5);
    const [line = ''] = font('bold', 13, PAPER.ink).splitTextToSize(printable(value), share - 6);
    pdf.text(line, x, 34.5);
  }

  const mapTop = 21 + BAND + 4;
  const height = (WIDTH * map.height) / map.width;
  pdf.addImage(map.toDataURL('image/jpeg', 0.88), 'JPEG', MARGIN, mapTop, WIDTH, height);
  pdf.setDrawColor(PAPER.line).rect(MARGIN, mapTop, WIDTH, height);

  let y = mapTop + height + 9;
  for (const [name, value] of sketch.rows) {
    font('normal', 10, PAPER.muted).text(name, MARGIN, y);
    const lines: string[] = font('bold', 11, PAPER.ink).splitTextToSize(printable(value), WIDTH - NAME_WIDTH);
    const shown = lines.slice(0, MOST_LINES);
    pdf.text(shown, MARGIN + NAME_WIDTH, y);
    y += 6.5 + (shown.length - 1) * 4.7;
  }
  if (sketch.client) linkToPlace(pdf, sketch, mapTop, height);
  drawBlanks(pdf, sketch);
  return pdf.output('blob');
}

/** The map's picture leads to the place in whatever opens maps for the reader: followed by a tap only. */
function linkToPlace(pdf: jsPDF, { client }: Sketch, top: number, height: number): void {
  if (!client) return;
  const url = `https://www.google.com/maps/search/?api=1&query=${client.lat.toFixed(6)},${client.lng.toFixed(6)}`;
  pdf.link(MARGIN, top, WIDTH, height, { url });
}

/** Lines to be filled in by hand, at the foot of the page. */
function drawBlanks(pdf: jsPDF, { blanks, blanksTitle }: Sketch): void {
  const top = PAGE_HEIGHT - MARGIN - 34;
  pdf.setDrawColor(PAPER.line).line(MARGIN, top, PAGE_WIDTH - MARGIN, top);
  pdf
    .setFont('helvetica', 'bold')
    .setFontSize(10)
    .setTextColor(PAPER.ink)
    .text(blanksTitle, MARGIN, top + 6);
  pdf.setFont('helvetica', 'normal').setFontSize(9).setTextColor(PAPER.muted).setDrawColor(PAPER.blank);
  const column = WIDTH / 2;
  for (const [index, name] of blanks.entries()) {
    const x = MARGIN + (index % 2) * column;
    const y = top + 18 + Math.floor(index / 2) * 13;
    pdf.line(x, y, x + column - 8, y);
    pdf.text(name, x, y + 4);
  }
}

// PDF's own fonts know Latin-1 (every Portuguese letter) and no narrow or non-breaking spaces.
function printable(value: string): string {
  return value.replace(/[\u00a0\u202f]/g, ' ');
}
