import { measureOn, paint } from '../../../sketch/paint.js';
import { sheetOf } from '../../../sketch/sheet.js';
import { type Sketch, sketchOf } from '../../../sketch/sketch.js';
import type { PageConfig } from '../../shared/page-config.js';
import type { I18n } from '../panels/context.js';
import type { Outcome, OzlocState } from '../state/state.js';
import { drawMap } from './map-image.js';

/** The sheet as a picture, with the map's own in its frame. */
async function sketchPng(sketch: Sketch, map: HTMLCanvasElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  const sheet = sheetOf(sketch, map.width / map.height, measureOn(context));
  canvas.width = sheet.width;
  canvas.height = sheet.height;
  paint(context, sheet.marks, (d) => new Path2D(d));
  const { x, y, width, height } = sheet.map;
  context.drawImage(map, x, y, width, height);
  paint(context, sheet.above, (d) => new Path2D(d));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
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
  const sketch = sketchOf(outcome.reservation, i18n, { now: new Date(), position: state.position });
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 24px "Noto Sans"`))).catch(() => []);
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
