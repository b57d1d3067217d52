import { setImmediate as turn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { createInFlight } from '../budget/in-flight.js';
import { type Budget, sharedBudget } from '../budget/request-budget.js';
import { BadUserInputError, UpstreamRefusedError, UpstreamShapeError } from '../errors/app-error.js';
import type {
  Box,
  BoxType,
  Building,
  Drop,
  Equipment,
  FtthClient,
  Ozmap,
  Property,
  Prospect,
  Splitter,
} from './types.js';

/** Reads by key that several requests may ask for together, and the key that a row belongs to. */
const KEY_OF = {
  findClientsByCodes: ({ code }: FtthClient) => code,
  findClientsByIds: ({ id }: FtthClient) => id,
  findPropertiesByIds: ({ id }: Property) => id,
  findPropertiesByClientIds: ({ clientId }: Property) => clientId,
  // OZmap keeps a flat's building in `box`, too.
  findPropertiesByBoxIds: ({ boxId, buildingId }: Property) => boxId ?? buildingId,
  findBoxesByIds: ({ id }: Box) => id,
  findBoxTypesByIds: ({ id }: BoxType) => id,
  findBuildingsByIds: ({ id }: Building) => id,
  findSplittersByIds: ({ id }: Splitter) => id,
  findSplittersByBoxIds: ({ parentId }: Splitter) => parentId,
  findEquipmentByIds: ({ id }: Equipment) => id,
  findDropsByIds: ({ id }: Drop) => id,
  findProspectsByIds: ({ id }: Prospect) => id,
} satisfies {
  [Read in keyof Ozmap]?: Ozmap[Read] extends (keys: readonly string[]) => Promise<(infer Row)[]>
    ? (row: Row) => string | null
    : never;
};

type Read = keyof typeof KEY_OF;
type Row = Awaited<ReturnType<Ozmap[Read]>>[number];
const READS = Object.keys(KEY_OF) as Read[];

/** With so many keys it is sent: who comes later waits for no longer list. */
const KEYS_AT_MOST = 2_000;

/** Types of boxes are a catalogue, and every list of boxes shows them: for so long they are taken again. */
const TYPES_KEPT_MS = 60_000;
const TYPES_KEPT = 10_000;

interface Part {
  keys: readonly string[];
  budget: Budget;
}

interface Batch {
  place: string;
  name: string;
  parts: Part[];
  keys: number;
}

/** OZmap as one token sees it, for one request. */
export type OzmapFor = (token: string, budget: Budget) => Ozmap;

/**
 * Gathers what requests of one token ask for in the same turn of the event loop: a router sends one request for each alias, and each of them
 * would ask OZmap for one record. But for types of boxes nothing is remembered, and what was sent takes nobody in any more, so that a read is never older than
 * its question. Each request pays its share of a call; one that ends leaves the others their answer.
 */
export function gathering(ozmapFor: OzmapFor): OzmapFor {
  const open = new Map<string, Batch>();
  const underWay = createInFlight<Row[]>();
  const types = new LRUCache<string, BoxType>({ max: TYPES_KEPT, ttl: TYPES_KEPT_MS });
  let batches = 0;

  const ask = async (token: string, read: Read, batch: Batch, signal: AbortSignal): Promise<Row[]> => {
    await turn();
    close(batch);
    const parts = batch.parts.filter(({ budget }) => !budget.signal.aborted);
    const keys = parts.flatMap((part) => part.keys);
    const shares = parts.map((part) => ({ budget: part.budget, share: part.keys.length / keys.length }));
    return ozmapFor(token, sharedBudget(shares, signal))[read]([...new Set(keys)]);
  };

  const close = (batch: Batch): void => {
    if (open.get(batch.place) === batch) open.delete(batch.place);
  };

  const join = async (token: string, read: Read, part: Part): Promise<Row[]> => {
    if (part.keys.length === 0) return [];
    part.budget.signal.throwIfAborted();
    const place = placeOf(token, read, part.budget);
    const batch = open.get(place) ?? { place, name: `${read} ${++batches}`, parts: [], keys: 0 };
    open.set(place, batch);
    batch.parts.push(part);
    batch.keys += part.keys.length;
    if (batch.keys >= KEYS_AT_MOST) close(batch);
    try {
      const rows = await underWay.share(
        token,
        batch.name,
        (signal) => ask(token, read, batch, signal),
        part.budget.signal,
      );
      // Copies, so that no request can change a record under another.
      return batch.parts.length === 1 ? rows : structuredClone(rows.filter(rowsOf(read, part.keys)));
    } catch (error) {
      // What OZmap has against one key is no answer to those who asked for others.
      if (batch.parts.length > 1 && isAboutTheQuestion(error)) return ozmapFor(token, part.budget)[read](part.keys);
      throw error;
    }
  };

  const typesByIds = async (token: string, ids: readonly string[], ask: Ozmap['findBoxTypesByIds']) => {
    const wanted = [...new Set(ids)];
    const kept = wanted.map((id) => types.get(`${token}\n${id}`));
    const missing = wanted.filter((_, at) => !kept[at]);
    const asked = missing.length > 0 ? await ask(missing) : [];
    for (const type of asked) types.set(`${token}\n${type.id}`, { ...type });
    return [...kept.flatMap((type) => (type ? [{ ...type }] : [])), ...asked];
  };

  return (token, budget) => {
    const gathered = READS.map((read) => [read, (keys: readonly string[]) => join(token, read, { keys, budget })]);
    const ozmap = { ...ozmapFor(token, budget), ...(Object.fromEntries(gathered) as Pick<Ozmap, Read>) };
    return { ...ozmap, findBoxTypesByIds: (ids) => typesByIds(token, ids, ozmap.findBoxTypesByIds) };
  };
}

/** Who asks for one record does not wait for the turn of who asks for hundreds. */
function placeOf(token: string, read: Read, { lane }: Budget): string {
  return `${lane} ${read}\n${token}`;
}

function rowsOf(read: Read, keys: readonly string[]): (row: Row) => boolean {
  const wanted = new Set<string | null>(keys);
  const keyOf = KEY_OF[read] as (row: Row) => string | null;
  return (row) => wanted.has(keyOf(row));
}

function isAboutTheQuestion(error: unknown): boolean {
  return (
    error instanceof BadUserInputError || error instanceof UpstreamRefusedError || error instanceof UpstreamShapeError
  );
}
