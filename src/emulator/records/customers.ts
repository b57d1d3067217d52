import type { BaseRecord, Coords, Polygon } from './administration.js';

export interface ClientRecord extends BaseRecord {
  kind: 'ftth';
  code: string;
  name?: string;
  observation?: string;
  implanted: boolean;
  certified: boolean;
  status: 0 | 1;
  cpe?: unknown;
  onu: { user_PPPoE: string; serial_number: string; mac_address: string };
  tags: string[];
  /** The projects it can be seen from: those of its properties; of its creator's first project without one. */
  project: string;
}

/** A home. `connections` is not stored: it is read off the drop's fibre. */
export interface PropertyRecord extends BaseRecord {
  kind: 'Property';
  address?: string;
  /** The serving box; the building's id for a flat; null when not connected to any. */
  box: string | null;
  pole: string | null;
  observation?: string;
  potencyRead?: number;
  client: string | null;
  drop: string | null;
  /** The building of a flat. */
  parent: string | null;
  tags: string[];
  project: string;
  /** Null for flats. */
  coords: Coords | null;
  cables: string[];
  towers: string[];
  history: { clients: { id: string; code: string; enter_date: string; exit_date: string | null }[] };
}

export interface CondominiumRecord extends BaseRecord {
  name: string;
  project: string;
  polygon: Polygon;
  address?: string;
  observation?: string;
  color?: string;
  tags: string[];
}

export interface ProspectRecord extends BaseRecord {
  name: string;
  code?: string;
  phone?: string;
  address?: string;
  viable?: boolean;
  observation?: string;
  coords: Coords | null;
  tags: string[];
}
