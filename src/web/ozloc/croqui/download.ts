import regularUrl from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff?url';
import boldUrl from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff?url';
import { type Drawing, isMarks, measureOn, paintSheet } from '../../../sketch/paint.js';
import { pageOf, printSheet } from '../../../sketch/pdf.js';
import { type Measure, sheetOf } from '../../../sketch/sheet.js';
import { signsOf, viewOf } from '../../../sketch/signs.js';
import { type Sketch, sketchOf } from '../../../sketch/sketch.js';
import type { PageConfig } from '../../shared/page-config.js';
import type { I18n } from '../panels/context.js';
import type { Outcome, OzlocState } from '../state/state.js';
import { groundOf } from './map-image.js';

type Picture = HTMLCanvasElement | HTMLImageElement;

/** Makes the sketch in the page and hands it to the person as a file. False: its map lacks streets that it should have. */
export async function downloadSketch(request: {
  format: 'png' | 'pdf';
  outcome: Outcome;
  state: OzlocState;
  i18n: I18n;
  config: PageConfig;
}): Promise<boolean> {
  const { format, outcome, state, i18n, config } = request;
  const sketch = sketchOf(outcome.reservation, i18n, { now: new Date(), position: state.position });
  await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 24px "Noto Sans"`))).catch(() => []);
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  const measure = measureOn(context);
  const { whole, ...drawing } = await drawn(sketch, config, measure);
  const file = format === 'png' ? await picture() : await page(sketch, drawing, measure);
  save(file, `${sketch.fileName}.${format}`);
  return whole;

  function picture(): Promise<Blob> {
    canvas.width = drawing.sheet.width;
    canvas.height = drawing.sheet.height;
    if (context) paintSheet<Path2D, Picture>(context, drawing, (d) => new Path2D(d));
    return new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    });
  }
}

async function drawn(
  sketch: Sketch,
  config: PageConfig,
  measure: Measure,
): Promise<Drawing<Picture> & { whole: boolean }> {
  const view = viewOf(sketch);
  // Without WebGL the streets are missing, as they are when no tiles come; the drop is drawn all the same.
  const streets = view && groundOf(view, config.map).catch(() => null);
  const [ground, logo] = await Promise.all([streets, logoOf(config)]);
  const { brandName: name = null, brandPhone: phone = null, brandLogo = null } = config;
  const brand = { name, phone, logo: logo && brandLogo };
  const notes = { metresPerPixel: view?.metresPerPixel ?? null, attribution: ground?.attribution ?? '' };
  return {
    sheet: sheetOf(sketch, brand, notes, measure),
    ground: ground?.picture ?? [],
    signs: view ? signsOf(sketch, view, measure) : [],
    logo,
    whole: !view || ground?.whole === true,
  };
}

/** Null where there is none, or it does not come: the sheet is no worse for that. */
async function logoOf({ brandLogo }: PageConfig): Promise<HTMLImageElement | null> {
  if (!brandLogo) return null;
  const image = new Image();
  image.src = new URL(brandLogo.url, document.baseURI).href;
  return image.decode().then(
    () => image,
    () => null,
  );
}

/** On one page of A4, as the server prints it. */
async function page(sketch: Sketch, drawing: Drawing<Picture>, measure: Measure): Promise<Blob> {
  const [{ default: Pdf }, regular, bold] = await Promise.all([
    import('pdfkit'),
    letters(regularUrl),
    letters(boldUrl),
  ]);
  const pdf = new Pdf(pageOf(sketch));
  const chunks: BlobPart[] = [];
  const ended = new Promise<Blob>((resolve) => {
    pdf.on('data', (chunk) => chunks.push(chunk));
    pdf.on('end', () => resolve(new Blob(chunks, { type: 'application/pdf' })));
  });
  pdf.registerFont('regular', regular);
  pdf.registerFont('bold', bold);
  const { ground, logo } = drawing;
  const pictures = { ground: isMarks(ground) ? ground : jpegOf(ground), logo: logo && jpegOf(logo) };
  printSheet<string>(pdf, sketch, { ...drawing, ...pictures }, measure);
  pdf.end();
  return ended;
}

async function letters(url: string): Promise<ArrayBuffer> {
  const answer = await fetch(new URL(url, document.baseURI));
  if (!answer.ok) throw new Error(`letters: ${answer.status}`);
  return answer.arrayBuffer();
}

/** A picture on paper, as JPEG: what is transparent of a PNG pdfkit takes apart in a worker that the page's policy forbids. */
function jpegOf(picture: Picture): string {
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0);
  return canvas.toDataURL('image/jpeg', 0.92);
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(file);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
