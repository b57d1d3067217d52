import { describe, expect, it } from 'vitest';
import { DARK, LIGHT } from '../../src/web/ozloc/map/theme.js';

/** As WCAG 2 measures it. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other);
  return (high + 0.05) / (low + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('the colours of the map', () => {
  it.each([
    ['by day', LIGHT],
    ['in the dark', DARK],
  ])('tell streets and avenues from the blocks between them %s, by edge or fill', (_, theme) => {
    const { block, street, streetEdge, avenue, avenueEdge } = theme;
    for (const [fill, edge] of [
      [street, streetEdge],
      [avenue, avenueEdge],
    ] as const) {
      expect(Math.max(contrast(edge, block), contrast(fill, block))).toBeGreaterThanOrEqual(3);
    }
  });
});
