import type { Mark, Measure } from '../../../sketch/sheet.js';

const FACE = '"Noto Sans", system-ui, sans-serif';

function fontOf(size: number, bold: boolean): string {
  return `${bold ? 600 : 400} ${size}px ${FACE}`;
}

/** What texts measure on that canvas. */
export function measureOn(context: CanvasRenderingContext2D): Measure {
  return (text, size, bold) => {
    context.font = fontOf(size, bold);
    return context.measureText(text).width;
  };
}

const ALIGN = { start: 'left', middle: 'center', end: 'right' } as const;

/** Draws marks on a canvas, as large as its transform says. */
export function paint(context: CanvasRenderingContext2D, marks: readonly Mark[]): void {
  for (const mark of marks) {
    context.save();
    if (mark.kind === 'path') paintPath(context, mark);
    else paintText(context, mark);
    context.restore();
  }
}

function paintPath(
  context: CanvasRenderingContext2D,
  { d, at, fill, stroke, width = 1 }: Mark & { kind: 'path' },
): void {
  const path = new Path2D(d);
  if (at) context.translate(at.x, at.y);
  context.lineJoin = 'round';
  context.lineWidth = width;
  context.fillStyle = fill ?? 'transparent';
  context.strokeStyle = stroke ?? 'transparent';
  context.fill(path);
  context.stroke(path);
}

function paintText(context: CanvasRenderingContext2D, mark: Mark & { kind: 'text' }): void {
  const { text, x, y, size, bold, color, anchor = 'start', angle = 0 } = mark;
  context.translate(x, y);
  context.rotate((angle * Math.PI) / 180);
  context.font = fontOf(size, bold);
  context.fillStyle = color;
  context.textAlign = ALIGN[anchor];
  context.fillText(text, 0, 0);
}
