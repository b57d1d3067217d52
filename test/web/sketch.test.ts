import { describe, expect, it } from 'vitest';
import { signsOf, viewOf } from '../../src/sketch/signs.js';
import { sketchOf } from '../../src/sketch/sketch.js';
import type { Outcome } from '../../src/web/ozloc/state/state.js';
import { words } from '../../src/web/ozloc/words/pt.js';
import { loadI18n } from '../../src/web/shared/i18n/i18n.js';
import { at, HOME, pageAtHome } from './support.js';

const outcome: Outcome = {
  kind: 'reserved',
  warnings: [],
  operationId: null,
  reservation: {
    expiresAt: null,
    contractCode: 'a/b 1',
    client: { name: 'Padaria', observation: null },
    property: { id: 'h', address: 'Rua A, 10', ...HOME },
    box: { id: 'A', name: 'CTO A', ...at(60) },
    building: null,
    connection: { port: 3, splitter: { name: 'S1' } },
    drop: { lengthM: 61.2, path: [HOME, at(30), at(60)], poles: [{ name: 'P_7', ...at(30) }] },
  },
};

const i18n = await loadI18n('pt', Promise.resolve(words));

describe('The map of a sketch', () => {
  const now = new Date('2026-11-24T12:00:00Z');
  const measure = (text: string, size: number) => text.length * size * 0.55;
  type Drop = NonNullable<Outcome['reservation']['drop']>;
  const drawnOf = (poles: Drop['poles'], path: { lat: number; lng: number }[]) => {
    const drop = { lengthM: 61.2, path, poles };
    const sketch = sketchOf({ ...outcome.reservation, drop }, i18n, { now });
    const view = viewOf(sketch);
    if (!view) throw new Error('no view');
    return { sketch, marks: signsOf(sketch, view, measure) };
  };
  const textsOf = (...drop: Parameters<typeof drawnOf>) =>
    drawnOf(...drop).marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));

  it('names the box, the length and each pole that it has room for', () => {
    const texts = textsOf([{ name: 'P_7', ...at(30) }], [HOME, at(30), at(60)]).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(['61\u00a0m', 'CTO A', 'P_7']);
  });

  it('shows as many poles as it counts, also one that carries the box', () => {
    const { sketch, marks } = drawnOf([], [HOME, at(30), at(60), at(60)]);
    expect(Object.fromEntries(sketch.highlights)).toMatchObject({ Drop: '61\u00a0m (2 postes)' });
    const rings = marks.flatMap((mark) => (mark.kind === 'path' ? (/^M-(\d+) 0a/.exec(mark.d)?.[1] ?? []) : []));
    // The box has half a width of 9.
    expect(rings).toEqual(['5', '15']);
  });

  it('leaves out names of poles that would lie on others', () => {
    const crowd = Array.from({ length: 40 }, (_, index) => ({ name: `Poste ${100 + index}`, ...at(28 + index / 10) }));
    const texts = textsOf(crowd, [HOME, ...crowd.map(({ lat, lng }) => ({ lat, lng })), at(60)]);
    const frames = texts.map(({ text, x, y, size }) => ({ text, x, y, width: measure(text, size), height: size }));
    const overlaps = frames.flatMap((a, index) =>
      frames
        .slice(index + 1)
        .filter((b) => Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2)
        .map((b) => `${a.text} on ${b.text}`),
    );
    expect(overlaps).toEqual([]);
    expect(texts.length).toBeGreaterThan(3);
    expect(texts.length).toBeLessThan(40);
  });
});

describe('sketchOf', () => {
  const now = new Date('2026-11-24T12:00:00Z');

  it('tells the data of both ends, and leaves out what is not known', () => {
    const { get } = pageAtHome();
    const sketch = sketchOf(outcome.reservation, i18n, { now, position: get().position });
    const rows = Object.fromEntries([...sketch.highlights, ...sketch.rows]);
    expect(rows).toMatchObject({ Contrato: 'a/b 1', Caixa: 'CTO A', Porta: '3', Drop: '61\u00a0m (1 poste)' });
    expect(rows).not.toHaveProperty('Observação');
    const { lat, lng } = at(60);
    expect(rows['Posição da caixa']).toBe(`${lat.toFixed(6)}, ${lng.toFixed(6)}`);
    expect(sketch).toMatchObject({ client: HOME, box: at(60), fileName: 'croqui-a_b_1' });
    expect(sketch.mapUrl).toContain(`query=${HOME.lat.toFixed(6)},${HOME.lng.toFixed(6)}`);
  });

  it('draws a straight line where OZmap tells no path', () => {
    const { get } = pageAtHome();
    const bare = { ...outcome, reservation: { ...outcome.reservation, drop: null, property: null } };
    expect(sketchOf(bare.reservation, i18n, { now, position: get().position }).path).toHaveLength(2);
  });
});
