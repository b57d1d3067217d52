import { distanceM } from '../../domain/geo.js';
import { EXTERNAL_ID, near } from '../../ozmap/assumptions.js';
import { isObject } from '../../ozmap/wire/record.js';
import { type Check, cannotTell, differs, filterQuery, holds, idIn, NOBODYS_ID, placeOf } from '../evidence.js';

/** Rows 9 and 10: filters and pages. */
export const listChecks: Check[] = [
  {
    number: 9,
    assumption: 'a flat filter means "and", an inner list means "or"',
    look: async (evidence) => {
      const [a, b] = (await evidence.boxes()).map(idIn);
      if (!a || !b) return cannotTell('fewer than two boxes are visible');
      const both = [a, b].map((value) => ({ property: 'id', operator: '=', value }));
      const flat = await evidence.rows('boxes', `limit=25&${filterQuery(both)}`);
      const inner = await evidence.rows('boxes', `limit=25&${filterQuery([both])}`);
      const seen = `"and" of two ids found ${flat?.length ?? 'no list'}, "or" found ${inner?.length ?? 'no list'}`;
      return flat?.length === 0 && inner?.length === 2 ? holds(seen) : differs(seen);
    },
  },
  {
    number: 10,
    assumption: 'nextUrl is a path whose cursor is not page, limit, select or populate; page counts from 1',
    look: async (evidence) => {
      const first = await evidence.ask('boxes?limit=1');
      if (!isObject(first.json)) return differs('a list comes without its envelope');
      const { total, hasNextPage, nextUrl } = first.json;
      if (total === 0 || total === 1) return cannotTell('fewer than two boxes are visible');
      const second = await evidence.rows('boxes', 'limit=1&page=2');
      const same = idIn(second?.[0]) === idIn((Array.isArray(first.json.rows) ? first.json.rows : [])[0]);
      if (same) return differs('page 2 gives the rows of page 1: this service could not read long lists');
      if (typeof nextUrl !== 'string')
        return differs(`there is no nextUrl (hasNextPage: ${hasNextPage}); pages by number work`);
      const cursor = cursorOf(nextUrl);
      if (!nextUrl.startsWith('/')) return differs('nextUrl is no path; pages by number work');
      return cursor
        ? holds(`the cursor is called ${cursor}; pages by number work`)
        : differs('nextUrl has no cursor of its own');
    },
  },
  {
    number: null,
    assumption: `homes can be asked for by ${EXTERNAL_ID}`,
    look: async (evidence) => {
      const filter = filterQuery([{ property: EXTERNAL_ID, operator: 'in', value: ['probe-no-such-id'] }]);
      const found = await evidence.rows('properties', `limit=1&${filter}`);
      if (found?.length === 0) return holds('none with an id that nobody wrote');
      const seen = found ? 'the filter is ignored' : 'the filter is refused';
      return differs(`${seen}: lost creates are recognised by code, box and place instead`);
    },
  },
  {
    number: null,
    assumption: 'a list of a full URL (7 KiB) of ids is answered',
    look: async (evidence) => {
      const id = idIn((await evidence.boxes())[0]);
      if (!id) return cannotTell('no box is visible');
      const value = [
        id,
        ...Array.from({ length: 220 }, (_, i) => NOBODYS_ID.slice(0, 18) + String(i).padStart(6, '0')),
      ];
      const { status, json } = await evidence.ask(
        `boxes?limit=221&${filterQuery([{ property: 'id', operator: 'in', value }])}`,
      );
      const rows = isObject(json) && Array.isArray(json.rows) ? json.rows.length : null;
      return status === 200 && rows === 1
        ? holds('one of 221 ids was found')
        : differs(`answers ${status} with ${rows ?? 'no'} rows`);
    },
  },
  {
    number: null,
    assumption: 'the near filter takes its radius in metres, nearest first',
    look: async (evidence) => {
      const at = (await evidence.places())[0];
      if (!at) return cannotTell('no box with a place is visible');
      const radiusM = 250;
      const rows = await evidence.rows('boxes', `limit=50&${filterQuery([near(at, radiusM)])}`);
      if (!rows || rows.length === 0)
        return differs(`${rows ? 'no box' : 'no list'} comes for the very place of a box`);
      const away = rows.map((row) => placeOf(row)).map((place) => (place ? distanceM(at, place) : Number.NaN));
      const far = away.filter((d) => !(d <= radiusM + 1)).length;
      if (far > 0) return differs(`${far} of ${rows.length} boxes lie beyond ${radiusM} m`);
      const sorted = away.every((d, i) => i === 0 || d >= (away[i - 1] ?? 0) - 0.5);
      return sorted
        ? holds(`${rows.length} boxes within ${radiusM} m`)
        : differs('boxes come in another order than nearest first');
    },
  },
  {
    number: null,
    assumption: 'the within filter takes a GeoJSON polygon',
    look: async (evidence) => {
      const box = (await evidence.boxes())[0];
      const at = box && placeOf(box);
      if (!at) return cannotTell('no box with a place is visible');
      const [s, w, n, e] = [at.lat - 1e-4, at.lng - 1e-4, at.lat + 1e-4, at.lng + 1e-4];
      const ring = [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ];
      const within = { property: 'coords', operator: 'within', value: { type: 'Polygon', coordinates: [ring] } };
      const rows = await evidence.rows('boxes', `limit=50&${filterQuery([within])}`);
      const inside = rows?.every((row) => Math.abs((placeOf(row)?.lat ?? 90) - at.lat) < 2e-4) ?? false;
      return rows?.some((row) => idIn(row) === idIn(box)) && inside
        ? holds('a box is found in an area of 20 m around it')
        : differs(`an area of 20 m around a box gives ${rows?.length ?? 'no list of'} boxes`);
    },
  },
];

function cursorOf(nextUrl: string): string | undefined {
  const usual = ['page', 'limit', 'select', 'populate', 'filter', 'sort'];
  return [...new URL(nextUrl, 'http://ozmap').searchParams.keys()].find((name) => !usual.includes(name));
}
