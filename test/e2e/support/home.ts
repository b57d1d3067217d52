import type { Stage } from './open-page.js';

/** A home as the embedded OZmap's API shows it. */
export interface StoredHome {
  id: string;
  box: string;
  address?: string;
  lat: number;
  lng: number;
  drop: string | null;
  client: { code: string; name?: string; implanted: boolean } | null;
  connections: { id: string; port: number }[];
}

/** The homes of a contract in the embedded OZmap; none when it knows no such client. */
export async function homesOf(stage: Stage, code: string): Promise<StoredHome[]> {
  const path = `properties/client/${encodeURIComponent(code)}`;
  return stage.subgraph.emulator.api<StoredHome[]>(path).catch(() => []);
}

/** How many writes the embedded OZmap saw since its log was cleared. */
export async function writesSeen(stage: Stage): Promise<number> {
  return (await stage.subgraph.emulator.requests()).filter(({ method }) => method !== 'GET').length;
}
