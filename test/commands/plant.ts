import type { Session } from '../../src/commands/session.js';
import type { Coordinates } from '../../src/domain/geo.js';
import type { Policy } from '../../src/domain/policy.js';
import { createOzmap } from '../../src/ozmap/create-ozmap.js';
import type { Ozmap, Splitter, SystemConfig } from '../../src/ozmap/types.js';
import { aPolicy } from '../support/a-policy.js';
import { startTestEmulator } from '../support/start-emulator.js';

/** A box with free ports, and a place where OZmap offers it. */
export interface Spot {
  boxId: string;
  location: Coordinates;
  splitter: Splitter;
}

/** A record as OZmap shows it. */
export type Row = Record<string, unknown> & { id: string };

/** An embedded OZmap with a town's plant, seen by our client as one token and, past our client, by a third party over plain HTTP. */
export interface Plant {
  emulator: Awaited<ReturnType<typeof startTestEmulator>>;
  ozmap: Ozmap;
  /** The same OZmap as another token sees it. */
  as(token: string): Ozmap;
  session(changes?: Partial<Session> & { policy?: Policy }): Session;
  /** A third party's request, as another seller would send it. */
  direct(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; json: unknown }>;
  /** One record past our client; null when it is not there. */
  record(route: string, id: string): Promise<Row | null>;
  /** Another spot at each call, so that tests do not meet. */
  freshSpot(minFree?: number): Promise<Spot>;
  stop(): Promise<void>;
}

export async function openPlant(): Promise<Plant> {
  const emulator = await startTestEmulator();
  const connector = createOzmap({ url: emulator.url });
  const ozmap = connector.as('demo');
  let config: Promise<SystemConfig> | undefined;
  const direct: Plant['direct'] = async (method, path, body, token = 'demo') => {
    const answer = await fetch(`${emulator.url}/api/v2/${path}`, {
      method,
      headers: { authorization: token, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
  };
  const spots = findSpots(ozmap, direct);
  return {
    emulator,
    ozmap,
    as: (token) => connector.as(token),
    session: (changes = {}) => ({
      ozmap,
      policy: aPolicy(),
      systemConfig: () => {
        config ??= ozmap.systemConfig();
        return config;
      },
      now: () => new Date(),
      ...changes,
    }),
    direct,
    record: async (route, id) => {
      const { status, json } = await direct('GET', `${route}/${id}`);
      return status === 404 ? null : (json as Row);
    },
    freshSpot: async (minFree = 2) => {
      // Not `for await`: leaving such a loop ends the generator.
      for (let next = await spots.next(); !next.done; next = await spots.next()) {
        const { outputs, blocked } = next.value.splitter;
        if (outputs.filter((output, at) => output === null && !blocked[at]).length >= minFree) return next.value;
      }
      throw new Error('the town has no more boxes');
    },
    stop: async () => {
      connector.stop();
      await emulator.stop();
    },
  };
}

/** Boxes that OZmap offers a little off their own place, each with one of its service splitters; when all were seen, they come again. */
async function* findSpots(ozmap: Ozmap, direct: Plant['direct']): AsyncGenerator<Spot> {
  const { json } = await direct('GET', 'boxes?limit=-1');
  const { rows } = json as { rows: (Row & { lat: number; lng: number })[] };
  for (const { id, lat, lng } of [...rows, ...rows, ...rows]) {
    const location = { lat: lat + 0.0002, lng: lng + 0.0001 };
    const answer = await ozmap.viabilityByRadius({ location });
    if (!answer.boxes.some((box) => box.id === id)) continue;
    const splitter = (await ozmap.findSplittersByBoxIds([id])).find((candidate) => candidate.isDrop);
    if (splitter) yield { boxId: id, location, splitter };
  }
}
