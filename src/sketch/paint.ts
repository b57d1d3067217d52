import { type Frame, MAP_SCALE, type Mark, type Measure, type Sheet } from './sheet.js';

const FACE = '"Noto Sans", system-ui, sans-serif';

/** A canvas, of a browser or of the server's: as much of it as marks need. */
export interface Surface<Path, Picture> {
  font: string;
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineJoin: string;
  textAlign: string;
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  rotate(angle: number): void;
  scale(x: number, y: number): void;
  beginPath(): void;
  rect(x: number, y: number, width: number, height: number): void;
  clip(): void;
  drawImage(picture: Picture, x: number, y: number, width: number, height: number): void;
  fill(path: Path): void;
  stroke(path: Path): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { width: number };
}

function fontOf(size: number, bold: boolean): string {
  return `${bold ? 600 : 400} ${size}px ${FACE}`;
}

/** What texts measure on that canvas. */
export function measureOn(surface: Pick<Surface<never, never>, 'font' | 'measureText'>): Measure {
  return (text, size, bold) => {
    surface.font = fontOf(size, bold);
    return surface.measureText(text).width;
  };
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

/** A sheet with all that is drawn on it: the map's ground as marks or as a picture, the signs over it, and the provider's logo. */
export interface Drawing<Picture> {
  sheet: Sheet;
  ground: readonly Mark[] | Picture;
  signs: readonly Mark[];
  logo: Picture | null;
}

/** Draws a whole sheet on a canvas of its size. */
export function paintSheet<Path, Picture>(
  surface: Surface<Path, Picture>,
  { sheet, ground, signs, logo }: Drawing<Picture>,
  pathOf: (d: string) => Path,
): void {
  const picture = (of: Picture, { x, y, width, height }: Frame) => surface.drawImage(of, x, y, width, height);
  paint(surface, sheet.marks, pathOf);
  if (sheet.logo && logo) picture(logo, sheet.logo);
  surface.save();
  const { x, y, width, height } = sheet.map;
  surface.beginPath();
  surface.rect(x, y, width, height);
  surface.clip();
  if (!isMarks(ground)) picture(ground, sheet.map);
  surface.translate(x, y);
  surface.scale(MAP_SCALE, MAP_SCALE);
  if (isMarks(ground)) paint(surface, ground, pathOf);
  paint(surface, signs, pathOf);
  surface.restore();
  paint(surface, sheet.above, pathOf);
}

/** Whether a ground is drawn; else it is a picture. */
export function isMarks<Picture>(ground: readonly Mark[] | Picture): ground is readonly Mark[] {
  return Array.isArray(ground);
}

/** Draws marks on a canvas, as large as its transform says. `pathOf`: a path of that canvas, of what SVG writes. */
function paint<Path>(surface: Surface<Path, never>, marks: readonly Mark[], pathOf: (d: string) => Path): void {
  for (const mark of marks) {
    surface.save();
    if (mark.kind === 'path') paintPath(surface, mark, pathOf(mark.d));
    else paintText(surface, mark);
    surface.restore();
  }
}

function paintPath<Path>(
  surface: Surface<Path, never>,
  { at, fill, stroke, width = 1 }: Mark & { kind: 'path' },
  path: Path,
): void {
  if (at) surface.translate(at.x, at.y);
  surface.lineJoin = 'round';
  surface.lineWidth = width;
  surface.fillStyle = fill ?? 'transparent';
  surface.strokeStyle = stroke ?? 'transparent';
  surface.fill(path);
  surface.stroke(path);
}

function paintText(surface: Surface<never, never>, mark: Mark & { kind: 'text' }): void {
  const { text, x, y, size, bold, color, anchor = 'start', angle = 0 } = mark;
  surface.translate(x, y);
  surface.rotate((angle * Math.PI) / 180);
  surface.font = fontOf(size, bold);
  surface.fillStyle = color;
  surface.textAlign = ALIGN[anchor];
  surface.fillText(text, 0, 0);
}
