import type { Mark, Measure } from './sheet.js';

const FACE = '"Noto Sans", system-ui, sans-serif';

/** A canvas, of a browser or of the server's: as much of it as marks need. */
export interface Surface<Path> {
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
  fill(path: Path): void;
  stroke(path: Path): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { width: number };
}

function fontOf(size: number, bold: boolean): string {
  return `${bold ? 600 : 400} ${size}px ${FACE}`;
}

/** What texts measure on that canvas. */
export function measureOn(surface: Pick<Surface<never>, 'font' | 'measureText'>): Measure {
  return (text, size, bold) => {
    surface.font = fontOf(size, bold);
    return surface.measureText(text).width;
  };
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

/** Draws marks on a canvas, as large as its transform says. `pathOf`: a path of that canvas, of what SVG writes. */
export function paint<Path>(surface: Surface<Path>, marks: readonly Mark[], pathOf: (d: string) => Path): void {
  for (const mark of marks) {
    surface.save();
    if (mark.kind === 'path') paintPath(surface, mark, pathOf(mark.d));
    else paintText(surface, mark);
    surface.restore();
  }
}

function paintPath<Path>(
  surface: Surface<Path>,
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

function paintText(surface: Surface<never>, mark: Mark & { kind: 'text' }): void {
  const { text, x, y, size, bold, color, anchor = 'start', angle = 0 } = mark;
  surface.translate(x, y);
  surface.rotate((angle * Math.PI) / 180);
  surface.font = fontOf(size, bold);
  surface.fillStyle = color;
  surface.textAlign = ALIGN[anchor];
  surface.fillText(text, 0, 0);
}
