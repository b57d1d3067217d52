import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import type { RestClient, RestProperty } from '../support/plant.js';

interface Splitter {
  id: string;
  parent: string;
  isDrop: boolean;
  connectables: { output: (string | null)[] };
}

/** All that a sale can leave in OZmap, by id. */
export interface Inventory {
  homes: Map<string, RestProperty>;
  clients: Map<string, RestClient>;
  /** Homes of the drops. */
  drops: Map<string, string>;
  /** What is on which output, e.g. `<splitter> 3` → fibre. */
  ports: Map<string, string>;
}

export async function takeInventory(ozmap: OzmapFromOutside): Promise<Inventory> {
  const [homes, clients, cables, splitters] = await Promise.all([
    ozmap.all<RestProperty>('properties'),
    ozmap.all<RestClient>('ftth-clients'),
    ozmap.all<{ id: string; kind: string; boxB: string }>('cables', 'boxB'),
    ozmap.all<Splitter>('splitters', 'connectables'),
  ]);
  const ports = splitters.flatMap(({ id, connectables }) =>
    connectables.output.flatMap((fiber, at) => (fiber ? [[`${id} ${at + 1}`, fiber] as const] : [])),
  );
  return {
    homes: new Map(homes.map((home) => [home.id, home])),
    clients: new Map(clients.map((client) => [client.id, client])),
    drops: new Map(cables.filter(({ kind }) => kind === 'Drop').map(({ id, boxB }) => [id, boxB])),
    ports: new Map(ports),
  };
}

/** What came, and what went or is not as it was. */
export function changes(before: Inventory, after: Inventory) {
  const came = <T>(was: Map<string, T>, is: Map<string, T>) => [...is].filter(([id]) => !was.has(id));
  const lost = <T>(kind: string, was: Map<string, T>, is: Map<string, T>) =>
    [...was]
      .filter(([id, value]) => JSON.stringify(is.get(id)) !== JSON.stringify(value))
      .map(([id]) => `${kind} ${id}`);
  return {
    homes: came(before.homes, after.homes).map(([, home]) => home),
    clients: came(before.clients, after.clients).map(([, client]) => client),
    drops: came(before.drops, after.drops).map(([, home]) => home),
    ports: came(before.ports, after.ports).map(([port]) => port),
    disturbed: [
      ...lost('home', before.homes, after.homes),
      ...lost('client', before.clients, after.clients),
      ...lost('drop', before.drops, after.drops),
      ...lost('port', before.ports, after.ports),
    ],
  };
}
