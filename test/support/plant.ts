import type { OzmapFromOutside } from './ozmap-from-outside.js';

/** What tests pick from the embedded OZmap, as its REST API shows it. */
export interface RestProperty {
  id: string;
  address: string | null;
  box: string | null;
  project: string;
  parent: string | null;
  lat: number | null;
  lng: number | null;
  drop: string | null;
  client: { id: string; code: string; name: string | null; implanted: boolean } | null;
  connections: { id: string; kind: string; port: number | null }[];
}

export interface RestBox {
  id: string;
  name: string;
  project: string;
  lat: number;
  lng: number;
  draft: boolean;
  implanted: boolean;
  certified: boolean;
}

export interface RestClient {
  id: string;
  code: string;
  name: string | null;
  implanted: boolean;
}

/** Everything that tests pick from. */
export interface Plant {
  boxes: RestBox[];
  properties: RestProperty[];
  clients: RestClient[];
  /** Ids of the projects by name. */
  projects: Map<string, string>;
}

/** Reads the whole plant once. */
export async function readPlant(emulator: OzmapFromOutside): Promise<Plant> {
  const [boxes, properties, clients, projects] = await Promise.all([
    emulator.all<RestBox>('boxes'),
    emulator.all<RestProperty>('properties'),
    emulator.all<RestClient>('ftth-clients'),
    emulator.all<{ id: string; name: string }>('projects'),
  ]);
  return { boxes, properties, clients, projects: new Map(projects.map(({ id, name }) => [name, id])) };
}

/** Homes with one client each, whose code no other client has. */
export function homesWithClient({
  properties,
}: Plant): (RestProperty & { client: NonNullable<RestProperty['client']> })[] {
  const seen = new Map<string, number>();
  for (const { client } of properties) if (client) seen.set(client.code, (seen.get(client.code) ?? 0) + 1);
  return properties.flatMap((home) =>
    home.client && seen.get(home.client.code) === 1 ? [{ ...home, client: home.client }] : [],
  );
}

/** The first that fits; fails the test when none does. */
export function pick<T>(list: readonly T[], fits: (item: T) => boolean, what = 'a fitting record'): T {
  const found = list.find(fits);
  if (!found) throw new Error(`the plant has not ${what}`);
  return found;
}

/** A point at which a box is offered: some metres beside it. */
export const besides = ({ lat, lng }: RestBox) => ({ lat: lat + 0.0001, lng: lng + 0.0001 });
