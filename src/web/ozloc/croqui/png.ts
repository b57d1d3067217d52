import type { Sketch } from './sketch.js';

const WIDTH = 1600;
const MARGIN = 64;
const INK = '#16222c';
const MUTED = '#4f5e6a';
const ACCENT = '#0b5c63';
const FACE = '"Noto Sans", system-ui, sans-serif';
const COLUMNS = 2;
const ROW = 88;

/** Lays map and data out on one picture. */
export async function sketchPng(sketch: Sketch, map: HTMLCanvasElement): Promise<Blob> {
  await Promise.all([document.fonts.load(`400 24px ${FACE}`), document.fonts.load(`600 24px ${FACE}`)]).catch(() => []);
  const mapWidth = WIDTH - 2 * MARGIN;
  const mapHeight = Math.round((mapWidth * map.height) / map.width);
  const mapTop = MARGIN + 96;
  const dataTop = mapTop + mapHeight + 40;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = dataTop + Math.ceil(sketch.rows.length / COLUMNS) * ROW + MARGIN / 2;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');

  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = ACCENT;
  context.fillRect(0, 0, canvas.width, 14);
  text(context, sketch.title, MARGIN, MARGIN + 42, `600 46px ${FACE}`, INK);
  context.textAlign = 'right';
  text(context, sketch.subtitle, WIDTH - MARGIN, MARGIN + 42, `400 26px ${FACE}`, MUTED);
  context.textAlign = 'left';
  context.drawImage(map, MARGIN, mapTop, mapWidth, mapHeight);
  context.strokeStyle = '#d9dfe3';
  context.lineWidth = 2;
  context.strokeRect(MARGIN, mapTop, mapWidth, mapHeight);

  const columnWidth = mapWidth / COLUMNS;
  for (const [index, [name, value]] of sketch.rows.entries()) {
    const x = MARGIN + (index % COLUMNS) * columnWidth;
    const y = dataTop + Math.floor(index / COLUMNS) * ROW;
    text(context, name, x, y + 22, `400 22px ${FACE}`, MUTED);
    text(context, fitted(context, value, columnWidth - 30, `600 28px ${FACE}`), x, y + 58, `600 28px ${FACE}`, INK);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}

function text(context: CanvasRenderingContext2D, value: string, x: number, y: number, font: string, color: string) {
  context.font = font;
  context.fillStyle = color;
  context.fillText(value, x, y);
}

function fitted(context: CanvasRenderingContext2D, value: string, width: number, font: string): string {
  context.font = font;
  const line = value.replace(/\s+/g, ' ');
  if (context.measureText(line).width <= width) return line;
  let cut = line;
  while (cut.length > 1 && context.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
}
