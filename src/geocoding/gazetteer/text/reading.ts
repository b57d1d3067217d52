/** One way to read an address. */
export interface Reading {
  /** Street with its type, folded; null where only places are named. */
  street: string | null;
  number: number | null;
  /** What may name a neighbourhood, most telling first. */
  places: string[];
}

/** All ways to read an address worth trying. */
export interface ReadAddress {
  readings: Reading[];
  /** The address names another city or state: nothing here answers to it. */
  elsewhere: boolean;
  /** The address names this city. */
  cityNamed: boolean;
}

/** What a reader must know of the city. */
export interface ReaderContext {
  cityName: string;
  state: string;
  /** True for a neighbourhood's name. */
  isPlace(text: string): boolean;
  /** True for what is at least like a neighbourhood's name. */
  isNearlyPlace(text: string): boolean;
}
