import { DROP_ROUTE } from '../../ozmap/assumptions.js';
import { isObject } from '../../ozmap/wire/record.js';
import { type Check, cannotTell, differs, filterQuery, holds, idIn, type Json } from '../evidence.js';

/** Rows 7, 8, 11, 13, 14 and 16: clients, homes and drops as they lie there. */
export const recordChecks: Check[] = [
  {
    number: 7,
    assumption: 'client codes are unique; properties/client/{code} answers a list',
    look: async (evidence) => {
      const codes = (await evidence.clients())
        .map(({ code }) => code)
        .filter((code) => code !== undefined && code !== '');
      const code = codes[0];
      if (code === undefined) return cannotTell('no client with a code is visible');
      const twice = codes.length - new Set(codes.map(String)).size;
      const { status, json } = await evidence.ask(`properties/client/${encodeURIComponent(String(code))}`);
      if (!Array.isArray(json))
        return differs(`properties/client/{code} of a known client answers ${status} without a list`);
      return twice > 0
        ? differs(`${twice} of ${codes.length} clients share their code with another`)
        : holds(`no code twice among ${codes.length} clients`);
    },
  },
  {
    number: 8,
    assumption: 'properties/client/{code} of an unknown code answers []',
    look: async (evidence) => {
      const { status, json } = await evidence.ask('properties/client/probe-no-such-code');
      if (Array.isArray(json))
        return json.length === 0 ? holds('[]') : differs(`${json.length} homes for a code that nobody has`);
      return differs(status === 404 ? '404, which this service takes for none' : `answers ${status} without a list`);
    },
  },
  {
    number: 11,
    assumption: `a drop is deleted by DELETE ${DROP_ROUTE}/{id}`,
    look: async (evidence) => {
      const filter = filterQuery([{ property: 'kind', operator: '=', value: 'Drop' }]);
      const id = idIn((await evidence.rows('cables', `limit=1&${filter}`))?.[0]);
      if (!id) return cannotTell('no drop is visible');
      const { status } = await evidence.ask(`${DROP_ROUTE}/${id}`);
      return status === 200
        ? cannotTell(`GET ${DROP_ROUTE}/{id} answers 200, so the route is there`)
        : differs(`GET ${DROP_ROUTE}/{id} of a drop answers ${status}`);
    },
  },
  {
    number: 13,
    assumption: 'deleting a client empties its home and closes the entry in its history',
    look: async (evidence) => {
      const left = (await evidence.vacantHomes()).map(lastEntry).filter((entry) => entry !== undefined);
      if (left.length === 0) return cannotTell('no home without client has a history');
      const open = left.filter(({ exit_date }) => exit_date === null || exit_date === undefined).length;
      return open > 0
        ? differs(`${open} of ${left.length} homes without client have an open entry`)
        : holds(`all of ${left.length} homes without client have an exit_date`);
    },
  },
  {
    number: 14,
    assumption: 'it is the integration that writes the code into the observation of a home on cancellation',
    look: async (evidence) => {
      const homes = await evidence.vacantHomes();
      const left = homes.filter((home) => lastEntry(home)?.code !== undefined);
      const noted = left.filter((home) => String(home.observation ?? '').includes(String(lastEntry(home)?.code)));
      return cannotTell(
        `${noted.length} of ${left.length} homes without client carry their last client's code; who wrote it is not told`,
      );
    },
  },
  {
    number: 16,
    assumption: 'deleted records are hidden from lists',
    look: async (evidence) => {
      const clients = await evidence.clients();
      if (clients.length === 0) return cannotTell('no client is visible');
      const deleted = clients.filter(({ deletedAt }) => deletedAt !== undefined && deletedAt !== null).length;
      return deleted > 0
        ? differs(`${deleted} of ${clients.length} listed clients carry deletedAt`)
        : holds(
            `none of ${clients.length} listed clients carries deletedAt; whether a code may be used again is not told`,
          );
    },
  },
];

function lastEntry(home: Json): Json | undefined {
  const history = isObject(home.history) ? home.history.clients : home.history;
  return Array.isArray(history) ? history.filter(isObject).at(-1) : undefined;
}
