/** On every record. Dates are ISO 8601 text. */
export interface BaseRecord {
  id: string;
  external_id?: string;
  creatorData?: { id: string; name: string; username: string };
  createdAt: string;
  updatedAt: string;
}

export type Coords = [lng: number, lat: number];
