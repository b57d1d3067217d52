import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import type { Canvas } from '@napi-rs/canvas';
import type { City } from '../../city/city.js';
import type { PagesConfig } from '../../config/parts.js';
import { type Drawing, measureOn, paintSheet } from '../../sketch/paint.js';
import { pageOf, printSheet } from '../../sketch/pdf.js';
import { type Brand, sheetOf } from '../../sketch/sheet.js';
import { signsOf, viewOf } from '../../sketch/signs.js';
import type { Sketch } from '../../sketch/sketch.js';
import { groundOf } from './ground.js';

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

/** A provider's logo as both formats and the pages show it. */
interface Logo {
  png: Buffer;
  width: number;
  height: number;
}

/** Whose sketches they are. */
export interface SketchBrand {
  name: string | null;
  /** As the provider writes it. */
  phone: string | null;
  logo: Logo | null;
}

/** Whose sketches a configuration makes. Errors: as `openLogo`. */
export async function openBrand({ logoFile, ...said }: PagesConfig['brand']): Promise<SketchBrand> {
  return { ...said, logo: logoFile === null ? null : await openLogo(logoFile) };
}

/** Three times as large as the sheet shows it: sharp on paper. */
const LOGO_WIDTH = 900;
const LOGO_HEIGHT = 216;

/** Reads a PNG or SVG and makes a PNG of it. Errors: those of the file; an Error for one that is no such picture. */
async function openLogo(file: string): Promise<Logo> {
  const bytes = readFileSync(file);
  const isPng = bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  if (!isPng && !/<svg[\s>]/.test(bytes.toString('utf8', 0, 4_096))) throw new Error(`${file} is no PNG and no SVG`);
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const picture = await loadImage(bytes).catch(() => null);
  if (!picture || picture.width < 1 || picture.height < 1) throw new Error(`${file} cannot be drawn`);
  const fit = Math.min(LOGO_WIDTH / picture.width, LOGO_HEIGHT / picture.height);
  const scale = isPng ? Math.min(1, fit) : fit;
  const [width, height] = [Math.ceil(picture.width * scale), Math.ceil(picture.height * scale)];
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(picture, 0, 0, width, height);
  return { png: await canvas.encode('png'), width, height };
}

/** The sheet and its map as both formats have them. */
async function drawn(sketch: Sketch, city: City | null, brand: Brand) {
  loaded ??= load();
  const tools = await loaded;
  const view = viewOf(sketch);
  const notes = { metresPerPixel: view?.metresPerPixel ?? null, attribution: '' };
  const sheet = sheetOf(sketch, brand, notes, tools.measure);
  const signs = view ? signsOf(sketch, view, tools.measure) : [];
  return { sheet, ground: groundOf(view, city, tools.measure), signs, tools };
}

/** The sketch as a picture. */
export async function sketchPng(sketch: Sketch, city: City | null, brand: SketchBrand): Promise<Buffer> {
  const { tools, ...drawing } = await drawn(sketch, city, brand);
  const { createCanvas, loadImage, Path2D } = tools;
  const canvas: Canvas = createCanvas(drawing.sheet.width, drawing.sheet.height);
  const logo = brand.logo && (await loadImage(brand.logo.png));
  const whole: Drawing<Awaited<ReturnType<typeof loadImage>>> = { ...drawing, logo };
  paintSheet(canvas.getContext('2d'), whole, (d) => new Path2D(d));
  return canvas.encode('png');
}

/** The sketch on one page of A4. */
export async function sketchPdf(sketch: Sketch, city: City | null, brand: SketchBrand): Promise<Buffer> {
  const { tools, ...drawing } = await drawn(sketch, city, brand);
  const { Pdf, faces, measure } = tools;
  const pdf = new Pdf(pageOf(sketch));
  const ended = buffer(pdf);
  pdf.registerFont('regular', faces.regular).registerFont('bold', faces.bold);
  printSheet<Buffer>(pdf, sketch, { ...drawing, logo: brand.logo?.png ?? null }, measure);
  pdf.end();
  return ended;
}
