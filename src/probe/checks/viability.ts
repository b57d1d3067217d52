import {
  near,
  POLE_QUESTIONS,
  POLE_WITHIN_M,
  REFUSAL_KEYS,
  VIABILITY_BY_POLES_ROUTE,
} from '../../ozmap/assumptions.js';
import { isObject } from '../../ozmap/wire/record.js';
import { type Check, cannotTell, differs, type Finding, holds, type Json } from '../evidence.js';

/** Rows 1 to 3: what the viability calls answer. */
export const viabilityChecks: Check[] = [
  {
    number: 1,
    assumption: `the viability by poles is GET ${VIABILITY_BY_POLES_ROUTE}, with the envelope of the one by radius`,
    look: async (evidence) => {
      const place = (await evidence.places())[0];
      if (!place) return cannotTell('no box with a place is visible, so there is nowhere to ask about');
      const { asked, status, json } = await askByPoles(evidence, place);
      if (status !== 200) return differs(`answers ${asked}`);
      const missing = missingKeys(json, ['viable', 'boxes']);
      if (missing.length > 0) return differs(`the answer lacks ${missing.join(', ')}; it has ${keysOf(json)}`);
      const box = list(json, 'boxes')[0];
      return box ? boxFinding(box, asked) : holds(`the envelope (${asked}); no box came, so its fields were not seen`);
    },
  },
  {
    number: 2,
    assumption: 'refused_boxes[] holds boxes with a reason',
    look: async (evidence) => {
      const replies = (await evidence.viability()).filter(({ status }) => status === 200);
      if (replies.length === 0) return cannotTell('no viability by radius could be read');
      if (replies.every(({ json }) => missingKeys(json, ['refused_boxes']).length > 0))
        return differs(`there is no refused_boxes; the answer has ${keysOf(replies[0]?.json)}`);
      const refused = replies.flatMap(({ json }) => list(json, 'refused_boxes'));
      const first = refused[0];
      if (!first) return cannotTell(`no box is refused near the ${replies.length} boxes tried`);
      const told = REFUSAL_KEYS.filter((key) => refused.some((box) => box[key] !== undefined && box[key] !== null));
      if (told.length === 0)
        return differs(`no reason under ${REFUSAL_KEYS.join(', ')}; a refused box has ${keysOf(first)}`);
      return holds(`${refused.length} seen, reason under ${told.join(', ')}: ${reasonsSeen(refused, told)}`);
    },
  },
  {
    number: 3,
    assumption: 'properties[] of a viability holds homes with an id; further lists are optional',
    look: async (evidence) => {
      const replies = (await evidence.viability()).filter(({ status }) => status === 200);
      if (replies.length === 0) return cannotTell('no viability by radius could be read');
      const known = ['viable', 'boxes', 'refused_boxes', 'properties'];
      const extra = Object.keys(isObject(replies[0]?.json) ? replies[0].json : {}).filter(
        (key) => !known.includes(key),
      );
      const also = extra.length > 0 ? `; beside it: ${extra.join(', ')}` : '';
      const homes = replies.flatMap(({ json }) => list(json, 'properties'));
      const home = homes[0];
      if (!home) return cannotTell(`no home came near the ${replies.length} boxes tried${also}`);
      return home.id === undefined && home._id === undefined
        ? differs(`a home has no id; it has ${keysOf(home)}${also}`)
        : holds(`a home has ${keysOf(home)}${also}`);
    },
  },
];

/** Asked as the client asks, by the point and by the nearest pole; the first that answers, and what each said. */
async function askByPoles(evidence: Parameters<Check['look']>[0], place: { lat: number; lng: number }) {
  const filter = encodeURIComponent(JSON.stringify([near(place, POLE_WITHIN_M)]));
  const pole = list((await evidence.ask(`poles?select=name&limit=1&filter=${filter}`)).json, 'rows')[0];
  const byPoint = await evidence.ask(`${VIABILITY_BY_POLES_ROUTE}?${POLE_QUESTIONS.byPoint(place)}`);
  const byPole = pole && (await evidence.ask(`${VIABILITY_BY_POLES_ROUTE}?${POLE_QUESTIONS.byPole(String(pole.id))}`));
  const asked = `by point ${byPoint.status}, by pole ${byPole ? byPole.status : 'not asked: none near'}`;
  return { asked, ...(byPoint.status === 200 ? byPoint : (byPole ?? byPoint)) };
}

function boxFinding(box: Json, asked: string): Finding {
  const missing = ['id', 'distance', 'availability'].filter((key) => box[key] === undefined);
  return missing.length > 0
    ? differs(`a box lacks ${missing.join(', ')}; it has ${keysOf(box)}`)
    : holds(`${asked}; a box has ${keysOf(box)}`);
}

/** Up to five, short, numbers apart: these are OZmap's words for the plant, not personal data. */
function reasonsSeen(refused: readonly Json[], keys: readonly string[]): string {
  const texts = refused.flatMap((box) => keys.map((key) => box[key])).filter((value) => value !== undefined);
  const shapes = texts.map((value) =>
    JSON.stringify(value)
      .replace(/\d+(\.\d+)?/g, 'n')
      .slice(0, 120),
  );
  return [...new Set(shapes)].slice(0, 5).join(' · ');
}

function list(json: unknown, key: string): Json[] {
  const value = isObject(json) ? json[key] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function missingKeys(json: unknown, keys: readonly string[]): string[] {
  return keys.filter((key) => !isObject(json) || json[key] === undefined);
}

function keysOf(json: unknown): string {
  return isObject(json) ? Object.keys(json).join(', ') : `no fields (${Array.isArray(json) ? 'a list' : typeof json})`;
}
