import { describe, expect, it } from 'vitest';
import { boxFeatures, dropFeatures, errorFeatures } from '../../src/web/ozloc/map/features.js';
import { chosenOffer, dropPathInput, saleIssues, typedFlat } from '../../src/web/ozloc/state/selectors.js';
import { type BuildingOffer, EMPTY_FORM, type Place } from '../../src/web/ozloc/state/state.js';
import { anAnswer, anOffer, at, HOME, pageAtHome } from './support.js';

const place = (formattedAddress: string): Place => ({
  ...HOME,
  accuracyM: 25,
  precision: 'NUMBER',
  formattedAddress,
  neighbourhood: null,
  provider: 'gazetteer',
});

const NOTHING_ASKED = { status: 'idle', answer: null, trouble: null, asked: null } as const;

const A_SESSION = { lifetimeMs: 60_000, name: null, address: null, location: null, tags: [], relocate: false };

const UNKNOWN = { code: 'UPSTREAM_OUTCOME_UNKNOWN', reason: null, message: null, details: [] };

describe('an answer to an address', () => {
  it('puts the client where it was found, with its error, and fills the address in', () => {
    const { dispatch, get } = pageAtHome({ position: null });
    dispatch({ type: 'viability.answered', answer: anAnswer({ location: place('Rua A, 10') }), byAddress: true });
    expect(get().position).toMatchObject({ ...HOME, accuracyM: 25, source: 'geocoder' });
    expect(get().form.address).toBe('Rua A, 10');
    expect(errorFeatures(get()).features).toHaveLength(1);
  });

  it('leaves the address that the ERP gave', () => {
    const { dispatch, get } = pageAtHome();
    dispatch({ type: 'form.changed', patch: { address: 'Rua A, 10, casa 2' } });
    dispatch({ type: 'viability.answered', answer: anAnswer({ location: place('Rua A, 10') }), byAddress: true });
    expect(get().form.address).toBe('Rua A, 10, casa 2');
  });

  it('offers candidates, and says when there is nothing', () => {
    const { dispatch, get } = pageAtHome();
    const several = anAnswer({
      verdict: 'UNKNOWN',
      boxes: [],
      candidates: [place('Rua A, 10, Centro'), place('Rua A, 10, Norte')].map((one) => ({ ...one, crossStreet: null })),
    });
    dispatch({ type: 'viability.answered', answer: several, byAddress: true });
    expect(get()).toMatchObject({ position: null, search: { status: 'idle' } });
    expect(get().candidates).toHaveLength(2);
    dispatch({ type: 'viability.answered', answer: anAnswer({ verdict: 'UNKNOWN', boxes: [] }), byAddress: true });
    expect(get().search.status).toBe('not-found');
  });
});

describe('the boxes of an answer', () => {
  it('stand nearest first, and at the same metre those that are deployed before those that are planned', () => {
    const { dispatch, get } = pageAtHome();
    const offer = (id: string, distanceM: number, status: 'IMPLANTED' | 'CERTIFIED' | 'NOT_IMPLANTED') => {
      const made = anOffer(id, distanceM);
      return { ...made, box: { ...made.box, status } };
    };
    const boxes = [
      offer('planned near', 20, 'NOT_IMPLANTED'),
      offer('planned', 59.8, 'NOT_IMPLANTED'),
      offer('deployed', 60.2, 'IMPLANTED'),
      offer('certified far', 90, 'CERTIFIED'),
    ];
    dispatch({ type: 'viability.answered', answer: anAnswer({ boxes }), byAddress: false });
    const ids = get().viability.answer?.boxes.map(({ box }) => box.id);
    expect(ids).toEqual(['planned near', 'deployed', 'planned', 'certified far']);
  });
});

describe('a link to a map', () => {
  const LINK = 'https://www.google.com/maps/place/Casa/@-19.4624,-44.2526,17z';

  it('says where the client is, and never becomes the address that is sold', () => {
    const { dispatch, get } = pageAtHome({ position: null });
    dispatch({ type: 'search.typed', text: LINK });
    const location: Place = { ...place(''), precision: 'PIN', accuracyM: 0, formattedAddress: null };
    dispatch({ type: 'viability.answered', answer: anAnswer({ location }), byAddress: true });
    expect(get().position).toMatchObject({ ...HOME, source: 'pin', address: null });
    expect(get().form.address).toBe('');
  });
});

describe('another place', () => {
  const found = (text: string, label: string, by = { lat: 0, lng: 0 }) => {
    const location = { ...place(label), lat: HOME.lat + by.lat, lng: HOME.lng + by.lng };
    const page = pageAtHome({ position: null });
    page.dispatch({ type: 'search.typed', text });
    page.dispatch({ type: 'viability.answered', answer: anAnswer({ location }), byAddress: true });
    return page;
  };

  it.each([
    [
      'coordinates far away',
      (page: ReturnType<typeof found>) =>
        page.dispatch({ type: 'position.moved', to: { ...at(900), accuracyM: 0, source: 'pin' } }),
      '',
    ],
    [
      'a marker put a few metres on',
      (page: ReturnType<typeof found>) =>
        page.dispatch({ type: 'position.moved', to: { ...at(40), accuracyM: 0, source: 'pin' } }),
      'Rua A, 10',
    ],
    [
      'another address',
      (page: ReturnType<typeof found>) => {
        const answer = anAnswer({ location: { ...place('Rua B, 7'), ...at(60) } });
        page.dispatch({ type: 'viability.answered', answer, byAddress: true });
      },
      'Rua B, 7',
    ],
    [
      'a candidate',
      (page: ReturnType<typeof found>) =>
        page.dispatch({ type: 'position.chosen', place: { ...place('Rua C, 1'), ...at(800) } }),
      'Rua C, 1',
    ],
  ])('never keeps the address of the one before: %s', (_, change, address) => {
    const page = found('rua a 10', 'Rua A, 10');
    change(page);
    expect(page.get().form.address).toBe(address);
  });

  it('takes what a person wrote of the old place with it, and gives it back when undone', () => {
    const { dispatch, get } = found('rua a 10', 'Rua A, 10');
    dispatch({ type: 'form.changed', patch: { address: 'Rua A, 10, casa 2' } });
    dispatch({ type: 'position.moved', to: { ...at(900), accuracyM: 0, source: 'pin' } });
    expect(get().form.address).toBe('');
    dispatch({ type: 'position.undone' });
    expect(get()).toMatchObject({
      form: { address: 'Rua A, 10, casa 2' },
      position: { address: { label: 'Rua A, 10' } },
    });
  });

  it('that could not be asked for leaves nothing of the old one on screen', () => {
    const { dispatch, get } = found('rua a 10', 'Rua A, 10');
    dispatch({ type: 'viability.started', asked: 'Rua B, 7' });
    dispatch({ type: 'viability.failed', trouble: UNKNOWN });
    expect(get()).toMatchObject({ position: null, viability: { answer: null, asked: 'Rua B, 7' } });
  });
});

describe('the position', () => {
  it('goes back over a whole drag in one step', () => {
    const { dispatch, get } = pageAtHome();
    dispatch({ type: 'position.grabbed' });
    for (const eastM of [5, 10, 15])
      dispatch({ type: 'position.moved', to: { ...at(eastM), accuracyM: 0, source: 'pin' }, sameStep: true });
    dispatch({ type: 'position.undone' });
    expect(get().position).toMatchObject(HOME);
  });

  it('is exact once a person has set it, and goes one step back', () => {
    const { dispatch, get } = pageAtHome({
      position: { ...HOME, accuracyM: 40, source: 'geocoder', precision: 'STREET', address: null },
    });
    dispatch({ type: 'position.moved', to: { ...at(12), accuracyM: 0, source: 'pin' } });
    expect(get().position).toMatchObject({ ...at(12), accuracyM: 0, precision: 'PIN' });
    dispatch({ type: 'position.undone' });
    expect(get()).toMatchObject({ position: { ...HOME, accuracyM: 40 }, previousPosition: null });
  });
});

describe('the sale', () => {
  it('names what is missing, and notices that the box is gone', () => {
    const { dispatch, get } = pageAtHome();
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    expect(saleIssues(get())).toEqual(['contractMissing']);
    dispatch({ type: 'form.changed', patch: { contractCode: '1' } });
    expect(saleIssues(get())).toEqual([]);
    dispatch({ type: 'viability.answered', answer: anAnswer({ boxes: [anOffer('B', 120)] }), byAddress: false });
    expect(chosenOffer(get())).toBeNull();
    expect(saleIssues(get())).toEqual(['boxGone']);
  });

  it('cannot be left while nobody knows how it ends', () => {
    const { dispatch, get } = pageAtHome();
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    dispatch({ type: 'submission.waiting', trouble: UNKNOWN });
    dispatch({ type: 'sale.left' });
    expect(get().view).toBe('sale');
  });

  it('forgets the client with the next one, not who may ask', () => {
    const { dispatch, get } = pageAtHome({ tags: ['norte'] });
    dispatch({ type: 'form.changed', patch: { contractCode: '1', name: 'x' } });
    dispatch({ type: 'sale.restarted' });
    expect(get()).toMatchObject({
      access: 'granted',
      tags: ['norte'],
      position: null,
      form: { contractCode: '', name: '' },
    });
  });
});

describe('the move of a client whom OZmap does not know', () => {
  it('has nothing to choose, in the list or on the map', () => {
    const { dispatch, get } = pageAtHome({ mode: 'relocate', existing: { status: 'missing', client: null } });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    expect(get()).toMatchObject({ view: 'list', choice: null });
    expect(boxFeatures(get()).features).toEqual([]);
  });

  it.each(['1', '2'])('leaves nothing to a sale whose link comes into its tab, of contract %s', (contractCode) => {
    const { dispatch, get } = pageAtHome({
      ...{ mode: 'relocate', contractFixed: true, form: { ...EMPTY_FORM, contractCode: '1' } },
      ...{ existing: { status: 'missing', client: null }, tapped: at(5), nearest: [] },
    });
    const nearest = [{ ...at(300), id: 'N', name: 'N', status: 'IMPLANTED' as const, distanceM: 300 }];
    dispatch({ type: 'nearest.found', boxes: nearest });
    dispatch({ type: 'session.opened', session: { ...A_SESSION, contractCode } });
    expect(get()).toMatchObject({
      mode: 'sell',
      existing: { status: 'none' },
      position: null,
      tapped: null,
      nearest: [],
    });
    dispatch({ type: 'sale.chosen', choice: { kind: 'box', boxId: 'A' } });
    expect(get().view).toBe('sale');
  });
});

it('how far the network is, is said of the place that was asked for alone', () => {
  const { dispatch, get } = pageAtHome();
  dispatch({ type: 'nearest.found', boxes: [{ ...at(9), id: 'N', name: 'N', status: 'IMPLANTED', distanceM: 9 }] });
  dispatch({ type: 'viability.started', asked: null });
  expect(get().nearest).toEqual([]);
});

it('a client who lives in a flat without a place of its own is where its building is', () => {
  const { dispatch, get } = pageAtHome({ mode: 'relocate' });
  const building = { name: 'Solar', ...at(300) };
  const property = { id: 'f', address: 'Rua A, 10, ap 3', lat: null, lng: null, drop: null, box: null, building };
  const client = { contractCode: '1', name: 'Bar', observation: null, status: 'ACTIVE', reservation: null } as const;
  dispatch({ type: 'existing.loaded', client: { ...client, property, connection: null } });
  expect(get().existing.client?.property).toMatchObject(at(300));
  dispatch({ type: 'existing.loaded', client: { ...client, property: { ...property, ...at(280) }, connection: null } });
  expect(get().existing.client?.property).toMatchObject(at(280));
});

it('a code that was refused is not sent again until another is typed', () => {
  const { dispatch, get } = pageAtHome({ choice: { kind: 'box', boxId: 'A' } });
  dispatch({ type: 'form.changed', patch: { contractCode: '1' } });
  dispatch({ type: 'submission.refused', trouble: { ...UNKNOWN, code: 'CONFLICT', reason: 'CODE_IN_USE' } });
  expect(saleIssues(get())).toEqual(['codeTaken']);
  dispatch({ type: 'form.changed', patch: { contractCode: '12' } });
  expect(saleIssues(get())).toEqual([]);
});

describe('the map', () => {
  it('shows the box of a contract that is looked at', () => {
    const box = { id: 'A', name: 'CTO A', ...at(60) };
    const property = { id: 'p', address: 'Rua A, 10', ...HOME, drop: null, box, building: null };
    const client = { contractCode: '1', name: 'Bar', observation: null, status: 'ACTIVE', reservation: null } as const;
    const existing = { status: 'found', client: { ...client, property, connection: null } } as const;
    const { get } = pageAtHome({ view: 'contract', existing, viability: NOTHING_ASKED });
    expect(boxFeatures(get()).features.map(({ properties }) => properties?.id)).toEqual(['A']);
  });

  it('shows each box once: on offer over refused over the others', () => {
    const other = { id: 'A', name: 'CTO A', ...at(60), status: null };
    const { get } = pageAtHome({ surroundings: [other, { ...other, id: 'Z' }] });
    const features = boxFeatures(get()).features.map(({ properties }) => [
      properties?.id,
      properties?.occupancy,
      properties?.sign,
    ]);
    expect(features).toEqual([
      ['A', 'free', '4'],
      ['Z', 'other', ''],
      ['B', 'free', '4'],
    ]);
  });

  it('dashes a straight drop to the box under the pointer', () => {
    const { dispatch, get } = pageAtHome();
    expect(dropFeatures(get()).features).toEqual([]);
    dispatch({ type: 'box.hot', boxId: 'A' });
    expect(dropFeatures(get()).features[0]?.properties).toEqual({ drawn: false });
    expect(dropPathInput(get())).toBeUndefined();
  });
});

describe('the flat that is typed', () => {
  const building = { id: 'p', name: 'Solar', ...at(10), status: 'CERTIFIED' as const };
  const vacantFlats = [
    { id: 'house', address: 'Rua A, 10' },
    { id: 'home', address: 'Rua A, 10, ap 301' },
  ];
  const offer = { building, distanceM: 10, freePorts: 4, soldApartments: ['101'], vacantFlats };
  const answer = anAnswer({ buildings: [offer as unknown as BuildingOffer] });
  const page = pageAtHome({ viability: { status: 'ready', answer, trouble: null, asked: null } });
  page.dispatch({ type: 'sale.chosen', choice: { kind: 'flat', buildingId: 'p' } });

  it.each([
    ['301', { isSold: false, vacantId: 'home' }],
    ['101', { isSold: true, vacantId: null }],
    ['Apto', { isSold: false, vacantId: null }],
    ['#2', { isSold: false, vacantId: null }],
  ])('%s is %j: what names no flat is none of those that stand empty', (apartment, what) => {
    page.dispatch({ type: 'form.changed', patch: { apartment } });
    expect(typedFlat(page.get())).toEqual(what);
  });

  it.each([
    ['sell', '', ['apartmentMissing']],
    ['sell', '101', ['apartmentSold']],
    ['sell', '302', []],
    ['relocate', '302', ['apartmentNew']],
    ['relocate', '101', ['apartmentSold']],
    ['relocate', '301', []],
  ] as const)('lets %s of %j wait for %j', (mode, apartment, issues) => {
    const form = { ...EMPTY_FORM, contractCode: '1', apartment };
    expect(saleIssues({ ...page.get(), mode, form })).toEqual(issues);
  });
});
