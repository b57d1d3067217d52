import { describe, expect, it } from 'vitest';
import { readClient, readProperty } from '../../src/ozmap/wire/customers.js';
import { readBox, readCondominium, readDrop, readProject, readSplitter } from '../../src/ozmap/wire/plant.js';
import { WireRecord } from '../../src/ozmap/wire/record.js';
import { readSystemConfig, readViability } from '../../src/ozmap/wire/system.js';
import { idOf } from '../support/ozmap-answers.js';

const row = (value: unknown): WireRecord => WireRecord.of('route', 'rows[]', value);
const at = { lat: -19.9, lng: -44 };

describe('a client', () => {
  it.each(['id', '_id'])('is known by %s, its code may be a number, unknown keys pass', (key) => {
    const client = readClient(
      row({ [key]: idOf(1), code: 123, kind: 'FTTHClient', implanted: false, onu: {}, name: '' }),
    );
    expect(client).toMatchObject({ id: idOf(1), code: '123', implanted: false, name: null });
  });

  it('has its equipment and labels as they are written, without what says nothing, and tells what it does not know', () => {
    const { extras, unwritable } = readClient(
      row({
        ...{ id: idOf(1), kind: 'ftth', project: idOf(2), creatorData: { id: idOf(3) }, code: '1', implanted: true },
        ...{ certified: false, status: '1', tags: [{ id: idOf(4), name: 'vip' }, idOf(5)], external_id: 77 },
        ...{ onu: { _id: idOf(6), user_PPPoE: '', serial_number: 'S1' }, cpe: { model: 'M' } },
        ...{ nps: 0, contractor: '', lastVisit: { at: '2025-01-01' }, photos: [] },
      }),
    );
    expect(extras).toEqual({
      status: 1,
      onu: { serial_number: 'S1' },
      cpe: { model: 'M' },
      tags: [idOf(4), idOf(5)],
      external_id: '77',
    });
    expect(unwritable).toEqual(['lastVisit']);
  });

  it.each(['code', 'implanted'])('without %s is refused naming it', (key) => {
    const whole: Record<string, unknown> = { id: idOf(1), code: '1', implanted: true };
    delete whole[key];
    expect(() => readClient(row(whole))).toThrow(`rows[].${key}`);
  });
});

describe('a property', () => {
  it('reads references as ids or as objects', () => {
    const plain = { id: idOf(1), box: idOf(2), client: idOf(3), drop: idOf(4), project: idOf(5), pole: null };
    const populated = {
      _id: idOf(1),
      box: { id: idOf(2), kind: 'Box' },
      client: { _id: idOf(3), code: '9', implanted: true },
      drop: { id: idOf(4) },
      project: { _id: idOf(5) },
    };
    const ids = {
      boxId: idOf(2),
      clientId: idOf(3),
      dropId: idOf(4),
      projectId: idOf(5),
      buildingId: null,
      poleId: null,
    };
    expect(readProperty(row(plain))).toMatchObject({ ...ids, client: null });
    expect(readProperty(row(populated))).toMatchObject({ ...ids, client: { id: idOf(3), code: '9' } });
  });

  it.each([
    [{ coords: [-44, -19.9] }],
    [{ coords: { lat: -19.9, lng: -44 } }],
    [{ lat: -19.9, lng: -44 }],
    [{ lat: '-19.9', lng: '-44' }],
    [{ coords: { type: 'Point', coordinates: [-44, -19.9] } }],
  ])('stands where %j says', (place) => {
    expect(readProperty(row({ id: idOf(1), ...place })).location).toEqual(at);
  });

  it('that is a flat has a building instead of a box, and no place', () => {
    const flat = { id: idOf(1), parent: idOf(7), box: idOf(7), lat: null, lng: null, coords: null };
    expect(readProperty(row(flat))).toMatchObject({ boxId: null, buildingId: idOf(7), location: null });
    const populated = { id: idOf(1), box: { id: idOf(7), kind: 'Building' } };
    expect(readProperty(row(populated))).toMatchObject({ boxId: null, buildingId: idOf(7) });
  });

  it('knows what it hangs on and who lived there', () => {
    const property = readProperty(
      row({
        id: idOf(1),
        connections: [{ id: idOf(8), kind: 'Splitter', port: 3, name: 'S1', fiber: { id: idOf(9) } }],
        history: { clients: [{ id: idOf(3), code: 9, enter_date: 'a', exit_date: null }] },
      }),
    );
    expect(property.connections).toEqual([{ id: idOf(8), kind: 'Splitter', port: 3, name: 'S1', fiberId: idOf(9) }]);
    expect(property.history).toEqual([{ clientId: idOf(3), code: '9', enterDate: 'a', exitDate: null }]);
  });
});

describe('the plant', () => {
  it('counts a splitter’s ports from its outputs, its ports or its ratio, whichever is longest', () => {
    const splitter = readSplitter(
      row({
        id: idOf(1),
        isDrop: true,
        ratio: { input: 1, output: 4 },
        connectables: { input: [idOf(2)], output: [null, { id: idOf(3) }] },
        ports: [{ blocked: true }, { blocked: false }, {}],
      }),
    );
    expect(splitter.outputs).toEqual([null, idOf(3), null, null]);
    expect(splitter.blocked).toEqual([true, false, false, false]);
  });

  it('leaves unknown what a box does not say', () => {
    expect(readBox(row({ id: idOf(1), name: 'CTO' }))).toMatchObject({ draft: null, implanted: null, location: null });
  });

  it('reads the largest drop of a project', () => {
    expect(readProject(row({ id: idOf(1), name: 'Sul', drop: { maxSize: '200' } })).dropMaxLengthM).toBe(200);
    expect(readProject(row({ id: idOf(1), name: 'Sul' })).dropMaxLengthM).toBeNull();
  });

  it('reads a drop’s poles as objects or ids', () => {
    expect(readDrop(row({ id: idOf(1), poles: [{ id: idOf(2), reserve: 0 }, idOf(3)] })).poleIds).toEqual([
      idOf(2),
      idOf(3),
    ]);
  });

  it.each([
    [
      {
        type: 'Polygon',
        coordinates: [
          [
            [-44, -19.9],
            [-44, -19],
          ],
        ],
      },
    ],
    [
      [
        [
          [-44, -19.9],
          [-44, -19],
        ],
      ],
    ],
    [
      [
        [-44, -19.9],
        [-44, -19],
      ],
    ],
    [
      [
        { lat: -19.9, lng: -44 },
        { lat: -19, lng: -44 },
      ],
    ],
  ])('reads an area from %j', (polygon) => {
    expect(readCondominium(row({ id: idOf(1), polygon })).polygon).toEqual([at, { lat: -19, lng: -44 }]);
  });
});

describe('a viability answer', () => {
  const box = { id: idOf(1), name: 'CTO', distance: 30.41, lat: -19.9, lng: -44, implanted: true, availability: 6 };
  const read = (refused: unknown) =>
    readViability('ftth-viability/radius', { viable: true, boxes: [box], refused_boxes: refused }, at);

  it('may lack refused boxes and properties', () => {
    const answer = readViability('ftth-viability/radius', { viable: true, boxes: [box] }, at);
    expect(answer).toMatchObject({ viable: true, refusedBoxes: [], propertyIds: [] });
    expect(answer.boxes[0]).toMatchObject({ distanceM: 30.41, availability: 6, dropLengthM: null, condominiumIds: [] });
  });

  const none = { code: null, message: null, limitM: null, actualM: null };
  it.each([
    [{ reason: 'NO_FREE_PORT' }, [{ ...none, code: 'NO_FREE_PORT' }]],
    [{ reason: 'Sem portas livres' }, [{ ...none, message: 'Sem portas livres' }]],
    [{ reason: 3 }, [{ ...none, code: '3' }]],
    [
      { reasons: [{ code: 'DROP_TOO_LONG', message: 'longo', limit: 200, actual: 240 }, 'X'] },
      [
        { code: 'DROP_TOO_LONG', message: 'longo', limitM: 200, actualM: 240 },
        { ...none, code: 'X' },
      ],
    ],
    [{ message: 'cheia' }, [{ ...none, message: 'cheia' }]],
    [{}, []],
  ])('tells why a box was refused from %j', (extra, reasons) => {
    expect(read([{ ...box, ...extra }]).refusedBoxes[0]?.reasons).toEqual(reasons);
  });

  it('measures the way to a refused box that comes without its distance', () => {
    const { distance: _, ...without } = { ...box, lat: -19.901 };
    expect(read([without]).refusedBoxes[0]?.distanceM).toBeCloseTo(111.2, 0);
  });

  it.each(['viable', 'boxes'])('without %s is refused naming it', (key) => {
    const body: Record<string, unknown> = { viable: true, boxes: [] };
    delete body[key];
    expect(() => readViability('ftth-viability/radius', body, at)).toThrow(key);
  });
});

describe('the system configuration', () => {
  it.each([
    [{ id: idOf(1), viability: { mode: 'poles', radius: 180, maxBoxes: 8 } }],
    [{ id: idOf(1), api: { defaultRadius: '180' }, ozloc: { viabilityMode: 'POLES', maxBoxesInRadius: 8 } }],
    [{ rows: [{ _id: idOf(1), radius: 180, mode: 'por postes', maxBoxes: 8 }] }],
  ])('is found in %j', (json) => {
    expect(readSystemConfig(json)).toMatchObject({
      viabilityMode: 'poles',
      viabilityRadiusM: 180,
      viabilityMaxBoxes: 8,
    });
  });

  it('is unknown where OZmap does not say', () => {
    expect(readSystemConfig({ id: idOf(1), hierarchyLevels: {} })).toEqual({
      id: idOf(1),
      viabilityMode: null,
      viabilityRadiusM: null,
      viabilityMaxBoxes: null,
      considersHorizontalCondominiums: null,
      considersPropertyPortsFree: null,
    });
  });
});
