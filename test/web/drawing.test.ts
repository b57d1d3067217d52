import { describe, expect, it } from 'vitest';
import { drawTarget, nearestTarget, nextPoles } from '../../src/web/ozloc/draw/draw-targets.js';
import { suggestWay } from '../../src/web/ozloc/draw/suggest-way.js';
import { keptState, restoredState } from '../../src/web/ozloc/sale-tab.js';
import { pathLengthM } from '../../src/web/ozloc/state/geometry.js';
import { dropLengthM, dropPathInput, pathTo } from '../../src/web/ozloc/state/selectors.js';
import { anAnswer, anOffer, aPole, at, HOME, pageAtHome } from './support.js';

const POLES = [aPole('1', 10, 5), aPole('2', 35, 5), aPole('3', 58, 2), aPole('far', -60)];

function drawing(limitM: number | null = 200) {
  const answer = anAnswer({ boxes: [anOffer('A', 60, { limitM }), anOffer('B', 120, { limitM })] });
  const store = pageAtHome({ viability: { status: 'ready', answer, trouble: null, asked: null } });
  store.dispatch({ type: 'poles.loaded', poles: POLES });
  store.dispatch({ type: 'drawing.started' });
  const add = (...ids: string[]) => {
    for (const pole of POLES.filter(({ id }) => ids.includes(id))) store.dispatch({ type: 'drawing.pole', pole });
  };
  return { ...store, add };
}

describe('drawing a drop', () => {
  it('runs from the client over the poles to the box, and is what will be sold', () => {
    const { dispatch, get, add } = drawing();
    add('1', '2');
    dispatch({ type: 'drawing.closed', boxId: 'A' });
    expect(get()).toMatchObject({ view: 'sale', choice: { kind: 'box', boxId: 'A' } });
    const path = dropPathInput(get()) ?? [];
    expect(path).toEqual([HOME, at(10, 5), at(35, 5), at(60)]);
    expect(dropLengthM(get())).toBeCloseTo(pathLengthM(path), 6);
  });

  it('undoes pole by pole, refuses a pole twice, and refuses what is on no pole', () => {
    const { dispatch, get, add } = drawing();
    add('1');
    add('1');
    expect(get().drawHint).toBe('repeated');
    dispatch({ type: 'drawing.undone' });
    expect(get()).toMatchObject({ drawing: { poles: [] }, drawHint: null });
    dispatch({ type: 'drawing.missed' });
    expect(get().drawHint).toBe('off-network');
    dispatch({ type: 'drawing.closed', boxId: 'not on offer' });
    expect(get().view).toBe('draw');
  });

  it('never gets longer than the project takes', () => {
    const { dispatch, get, add } = drawing(40);
    add('1', '2');
    expect(get().drawing.poles).toHaveLength(2);
    add('3');
    expect(get()).toMatchObject({ drawHint: 'too-long', drawing: { poles: [{ id: '1' }, { id: '2' }] } });
    dispatch({ type: 'drawing.closed', boxId: 'A' });
    expect(get()).toMatchObject({ view: 'draw', drawHint: 'too-long' });
  });

  it('leaves without a trace, and goes back to where it began', () => {
    const { dispatch, get, add } = drawing();
    add('1');
    dispatch({ type: 'drawing.left' });
    expect(get()).toMatchObject({ view: 'list', drawing: { poles: [] } });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    dispatch({ type: 'drawing.started' });
    dispatch({ type: 'drawing.left' });
    expect(get().view).toBe('sale');
  });

  it('is there as before when drawing it anew is left, whichever poles were undone or added meanwhile', () => {
    const { dispatch, get, add } = drawing();
    add('1', '2');
    dispatch({ type: 'drawing.closed', boxId: 'A' });
    const path = dropPathInput(get());
    dispatch({ type: 'drawing.started' });
    dispatch({ type: 'drawing.undone' });
    dispatch({ type: 'drawing.left' });
    expect(get().view).toBe('sale');
    expect(dropPathInput(get())).toEqual(path);
  });

  it('is kept for its box when another one is looked at', () => {
    const { dispatch, get, add } = drawing();
    add('1', '2');
    dispatch({ type: 'drawing.closed', boxId: 'A' });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'B' } });
    expect(dropPathInput(get())).toBeUndefined();
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    expect(dropPathInput(get())).toHaveLength(4);
    dispatch({ type: 'position.moved', to: { ...at(3), accuracyM: 0, source: 'pin' } });
    expect(dropPathInput(get())?.[0]).toEqual(at(3));
  });

  it('is sold as drawn while the offers are asked for anew, as after F5', () => {
    const { dispatch, get, add } = drawing();
    add('2');
    dispatch({ type: 'drawing.closed', boxId: 'A' });
    const kept = restoredState(JSON.parse(JSON.stringify(keptState(get()))), true);
    const anew = pageAtHome({ ...kept, viability: { status: 'loading', answer: null, trouble: null, asked: null } });
    expect(dropPathInput(anew.get())).toEqual([HOME, at(35, 5), at(60)]);
  });

  it('lists the poles that lead on, those towards the box first', () => {
    const { get, add } = drawing();
    expect(nextPoles(get()).map(({ pole }) => pole.id)).toEqual(['1', '2', '3', 'far']);
    add('1');
    expect(nextPoles(get())[0]).toMatchObject({ pole: { id: '2' }, direction: 2 });
    expect(pathTo(get(), null)).toHaveLength(2);
  });

  it('lists the poles on the way nearest first, and after them, said to be detours, those off it', () => {
    const { get, dispatch } = drawing();
    dispatch({ type: 'poles.loaded', poles: [aPole('aside', 0, -12), ...POLES.toReversed(), aPole('1b', 10, 9)] });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    dispatch({ type: 'drawing.started' });
    expect(nextPoles(get()).map(({ pole, leadsOn }) => [pole.id, leadsOn])).toEqual([
      ['1', true],
      ['1b', true],
      ['2', true],
      ['3', true],
      ['aside', false],
    ]);
  });

  it('calls the pole at the door no detour, though it lies a little off', () => {
    const { get, dispatch } = drawing();
    dispatch({ type: 'poles.loaded', poles: [aPole('door', -2, -5), ...POLES, aPole('aside', 0, -12)] });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    dispatch({ type: 'drawing.started' });
    const listed = nextPoles(get()).map(({ pole, leadsOn }) => [pole.id, leadsOn]);
    expect([listed[0], listed.at(-1)]).toEqual([
      ['door', true],
      ['aside', false],
    ]);
  });

  it('lists no pole that lies under a box: that is where the drop ends', () => {
    const { get, dispatch } = drawing();
    dispatch({ type: 'poles.loaded', poles: [...POLES, aPole('of the box', 60)] });
    expect(nextPoles(get()).map(({ pole }) => pole.id)).not.toContain('of the box');
  });
});

describe('snapping', () => {
  // A pixel per metre, north up.
  const project = ({ lat, lng }: { lat: number; lng: number }) => ({
    x: (lng - HOME.lng) * 104_840,
    y: -(lat - HOME.lat) * 111_195,
  });

  it('takes the nearest pole within reach, and nothing beyond', () => {
    const { get } = drawing();
    expect(drawTarget(get(), { x: 14, y: -8 }, project)).toMatchObject({ kind: 'pole', pole: { id: '1' } });
    expect(drawTarget(get(), { x: 22, y: 30 }, project)).toBeNull();
  });

  it('takes the box where box and pole are close', () => {
    const { get } = drawing();
    expect(drawTarget(get(), { x: 58, y: -2 }, project)).toMatchObject({ kind: 'box', boxId: 'A' });
  });

  it('prefers the nearer target', () => {
    const targets = [
      { x: 0, y: 0, value: 'a' },
      { x: 10, y: 0, value: 'b' },
    ];
    expect(nearestTarget({ x: 7, y: 0 }, targets)).toBe('b');
    expect(nearestTarget({ x: 40, y: 0 }, targets)).toBeNull();
  });
});

describe('the way along the poles', () => {
  const places = [aPole('p1', 20, 15), aPole('p2', 40, 15), aPole('p3', 60, 3), aPole('off', 40, 200)];
  const poles = [...places, aPole('of the box', 60)];
  const page = (limitM: number | null) =>
    pageAtHome({
      poles: { status: 'ready', list: poles },
      viability: {
        status: 'ready',
        answer: anAnswer({ boxes: [anOffer('A', 60, { limitM })] }),
        trouble: null,
        asked: null,
      },
    });

  it('goes from pole to pole to the box, and is drawn as it is taken', () => {
    const { dispatch, get } = page(200);
    const way = suggestWay(get(), 'A');
    expect(way?.poles.map(({ id }) => id)).toEqual(['p1', 'p2', 'p3']);
    dispatch({ type: 'drawing.taken', boxId: 'A', poles: way?.poles ?? [] });
    expect(get()).toMatchObject({ view: 'sale', choice: { boxId: 'A' }, drawing: { boxId: 'A' } });
    expect(dropLengthM(get())).toBeCloseTo(way?.lengthM ?? 0, 3);
  });

  it.each([
    ['it would be longer than the project allows', page(61)],
    ['there is none', pageAtHome({ poles: { status: 'ready', list: [aPole('off', 40, 200)] } })],
  ])('is not suggested where %s', (_, { get }) => expect(suggestWay(get(), 'A')).toBeNull());

  it('is left with a word: a pole that leads away from the box is said to', () => {
    const { dispatch, get } = page(500);
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    dispatch({ type: 'drawing.started' });
    dispatch({ type: 'drawing.pole', pole: aPole('back', -40) });
    expect(get()).toMatchObject({ drawHint: 'away', drawing: { poles: [{ id: 'back' }] } });
    dispatch({ type: 'drawing.pole', pole: aPole('p2', 40, 15) });
    expect(get().drawHint).toBeNull();
  });
});
