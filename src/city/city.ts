/** A point, WGS84 degrees. */
export interface LatLng {
  lat: number;
  lng: number;
}

/** One piece of a street between two crossings (or as the source cuts it). */
export interface StreetSegment {
  /** As the source writes it, e.g. `Rua SANTA EDWIGES`; null where unknown. */
  name: string | null;
  path: LatLng[];
}

/** A numbered door. */
export interface AddressPoint {
  /** As the source writes it, e.g. `Av. JOAO CESAR DE OLIVEIRA`. */
  street: string;
  /** House number; `0` in the source means "without number" and is null here. */
  number: number | null;
  /** Eight digits, where the source has it. */
  cep?: string;
  lat: number;
  lng: number;
}

/** A named part of the city. Rings are closed, outer ring first, holes after it. */
export interface Neighbourhood {
  name: string;
  polygons: LatLng[][][];
}

/** Streets, doors and neighbourhoods of one city; knows nothing of fibre networks. */
export interface City {
  name: string;
  /** Two letters, e.g. `MG`. */
  state: string;
  streets: StreetSegment[];
  addresses: AddressPoint[];
  neighbourhoods: Neighbourhood[];
}
