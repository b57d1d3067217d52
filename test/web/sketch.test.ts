import { describe, expect, it } from 'vitest';
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
    drop: { lengthM: 61.2, path: [HOME, at(30), at(60)] },
  },
};

const i18n = await loadI18n('pt', Promise.resolve(words));

describe('sketchOf', () => {
  const now = new Date('2026-11-24T12:00:00Z');

  it('tells the data of both ends, and leaves out what is not known', () => {
    const { get } = pageAtHome();
    const sketch = sketchOf(outcome.reservation, i18n, { now, position: get().position });
    const rows = Object.fromEntries([...sketch.highlights, ...sketch.rows]);
    expect(rows).toMatchObject({ Contrato: 'a/b 1', Caixa: 'CTO A', Porta: '3', Drop: '61\u00a0m (1 poste)' });
    expect(rows).not.toHaveProperty('Observação');
    expect(sketch).toMatchObject({ client: HOME, box: at(60), fileName: 'croqui-a_b_1' });
  });

  it('draws a straight line where OZmap tells no path', () => {
    const { get } = pageAtHome();
    const bare = { ...outcome, reservation: { ...outcome.reservation, drop: null, property: null } };
    expect(sketchOf(bare.reservation, i18n, { now, position: get().position }).path).toHaveLength(2);
  });
});
