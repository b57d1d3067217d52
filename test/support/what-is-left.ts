import type { Referee } from './referee.js';

type Row = Record<string, unknown> & { id: string };

/** All that hangs on one box, as OZmap's official SDK reads it. */
export interface WhatIsLeft {
  /** Fibre by output of each splitter. */
  ports: Record<string, (string | null)[]>;
  /** Home → its client's code (or null), its observation, its drop. */
  homes: Record<string, { code: string | null; observation: string | null; drop: string | null }>;
  /** Drop → the home that it ends at. */
  drops: Record<string, string>;
}

const idOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : value === null || value === undefined ? null : (value as Row).id;

/** Reads with the SDK only, so that neither our client nor our idea of the wire is its own witness. */
export async function whatIsLeft(sdk: Referee, boxId: string): Promise<WhatIsLeft> {
  const rows = async (proxy: string, property: string): Promise<Row[]> => {
    const filter = [{ property, operator: '=', value: boxId }];
    const { value, error } = await sdk.call<{ rows: Row[] }>({ proxy, method: 'find', args: [{ filter, limit: 500 }] });
    if (error) throw new Error(`${proxy}: ${error.message}`);
    return value.rows;
  };
  const splitters = await rows('splitter', 'parent');
  const homes = await rows('property', 'box');
  const cables = await rows('cable', 'boxA');
  return {
    ports: Object.fromEntries(
      splitters.map(({ id, connectables }) => [id, (connectables as { output: (string | null)[] }).output]),
    ),
    homes: Object.fromEntries(
      homes.map(({ id, client, observation, drop }) => [
        id,
        {
          code: client ? String((client as Row).code) : null,
          observation: (observation as string | undefined) || null,
          drop: idOf(drop),
        },
      ]),
    ),
    drops: Object.fromEntries(cables.filter(({ kind }) => kind === 'Drop').map(({ id, boxB }) => [id, String(boxB)])),
  };
}

/** The client with this code, as the SDK finds it. */
export async function clientWith(sdk: Referee, code: string): Promise<Row | undefined> {
  const filter = [{ property: 'code', operator: '=', value: code }];
  const { value } = await sdk.call<{ rows: Row[] }>({ proxy: 'ftthClient', method: 'find', args: [{ filter }] });
  return value.rows[0];
}

/** How many ports hold a fibre. */
export const heldPorts = ({ ports }: WhatIsLeft): number => Object.values(ports).flat().filter(Boolean).length;
