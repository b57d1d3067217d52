import { jsPDF } from 'jspdf';
import type { Sketch } from './sketch.js';

const MARGIN_MM = 14;
const PAGE_WIDTH_MM = 210;

/** Lays map and data out on one A4 page, the text as text: it can be searched and copied. */
export function sketchPdf(sketch: Sketch, map: HTMLCanvasElement): Blob {
  const pdf = new jsPDF({ unit: 'mm', format: 'a4', compress: true });
  pdf.setProperties({ title: sketch.fileName, subject: sketch.title, creator: 'OZloc' });
  const width = PAGE_WIDTH_MM - 2 * MARGIN_MM;
  const height = (width * map.height) / map.width;

  pdf.setFillColor('#0b5c63').rect(0, 0, PAGE_WIDTH_MM, 2.5, 'F');
  pdf.setFont('helvetica', 'bold').setFontSize(19).setTextColor('#16222c').text(sketch.title, MARGIN_MM, 17);
  pdf.setFont('helvetica', 'normal').setFontSize(10).setTextColor('#4f5e6a');
  pdf.text(sketch.subtitle, PAGE_WIDTH_MM - MARGIN_MM, 17, { align: 'right' });
  pdf.addImage(map.toDataURL('image/jpeg', 0.88), 'JPEG', MARGIN_MM, 23, width, height);
  pdf.setDrawColor('#d9dfe3').rect(MARGIN_MM, 23, width, height);

  let y = 23 + height + 10;
  for (const [name, value] of sketch.rows) {
    const lines: string[] = pdf
      .setFont('helvetica', 'bold')
      .setFontSize(11)
      .splitTextToSize(printable(value), width - 42);
    pdf.setFont('helvetica', 'normal').setFontSize(10).setTextColor('#4f5e6a').text(name, MARGIN_MM, y);
    pdf
      .setFont('helvetica', 'bold')
      .setFontSize(11)
      .setTextColor('#16222c')
      .text(lines.slice(0, 6), MARGIN_MM + 42, y);
    y += 7 + (Math.min(lines.length, 6) - 1) * 4.7;
  }
  return pdf.output('blob');
}

// PDF's own fonts know Latin-1 (every Portuguese letter) and no narrow or non-breaking spaces.
function printable(value: string): string {
  return value.replace(/[\u00a0\u202f]/g, ' ');
}
