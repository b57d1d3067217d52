import type { Referee } from './referee.js';

/** A contract as OZmap's official SDK reads it. */
export interface ReadBack {
  implanted: boolean;
  name: string | null;
  /** By name; null: the client has no home, or its home no box. */
  box: string | null;
  ports: (number | null)[];
}

interface Home {
  box: string | null;
  observation?: string | null;
  connections: { port: number | null }[];
}

/** Null: OZmap has no client of this code. Fails where it has several, or where a client lives in several homes. */
export async function readBack(sdk: Referee, code: string): Promise<ReadBack | null> {
  const [client] = await one<{ id: string; implanted: boolean; name?: string }>(sdk, 'ftthClient', 'code', code);
  if (!client) return null;
  const [home] = await one<Home>(sdk, 'property', 'client', client.id);
  const [box] = home?.box ? await one<{ name: string }>(sdk, 'box', 'id', home.box) : [];
  return {
    implanted: client.implanted,
    name: client.name ?? null,
    box: box?.name ?? null,
    ports: (home?.connections ?? []).map(({ port }) => port),
  };
}

/** How many homes say that this contract was cancelled there. */
export async function cancelledHomes(sdk: Referee, code: string): Promise<number> {
  const { value } = await sdk.call<{ rows: Home[] }>({ proxy: 'property', method: 'find', args: [{ limit: -1 }] });
  return value.rows.filter(({ observation }) => observation?.includes(`[CNT ${code}] cancelado`)).length;
}

async function one<T>(sdk: Referee, proxy: string, property: string, value: string): Promise<T[]> {
  const filter = [{ property, operator: '=', value }];
  const found = await sdk.call<{ rows: T[] }>({ proxy, method: 'find', args: [{ filter }] });
  if (found.error || found.value.rows.length > 1)
    throw new Error(`${proxy} of ${value}: ${found.error?.message ?? found.value.rows.length}`);
  return found.value.rows;
}
