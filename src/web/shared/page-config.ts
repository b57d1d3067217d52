/** Configuration that a page loads before it starts: `{base}/ozloc/config.json`. Nothing in it is secret. */
export interface PageConfig {
  /** Absolute or relative to the page. */
  graphqlUrl: string;
  /** Where a ticket is exchanged; relative to the page. */
  sessionUrl: string;
  /** Default language of the installation; the browser's or `?lang=` come first. */
  language?: 'pt' | 'en';
  /** With the embedded OZmap only: a token that anyone may use. */
  demoToken?: string;
  /** Whoever types a token types one of the platform's, not an OZmap token. */
  platformSignIn?: boolean;
  /** The service knows streets and doors to suggest while an address is typed. */
  suggestions?: boolean;
  /** The provider's name (`BRAND_NAME`). */
  brandName?: string;
  /** The provider's phone number (`BRAND_PHONE`). */
  brandPhone?: string;
  /** The provider's logo (`BRAND_LOGO`): where it is, relative to the page, and its size in pixels. */
  brandLogo?: { url: string; width: number; height: number };
  /** A home that a client leaves gives its port back, unless the seller says otherwise (`CANCEL_DISCONNECTS_DROP`). */
  freesOldPort?: boolean;
  /** Mail address of whoever extends the network. */
  contact?: string;
  map: {
    /** A MapLibre style (`MAP_STYLE_URL`). */
    styleUrl?: string;
    /** Raster tiles `{z}/{x}/{y}` (`MAP_TILES_URL`). */
    tilesUrl?: string;
    attribution?: string;
    /** Tiles of OpenStreetMap's data in Protomaps' layers (`MAP_PMTILES`), `{z}/{x}/{y}` in it; with the zooms that it has. */
    osmTilesUrl?: string;
    osmZooms?: { min: number; max: number };
    /** Streets of the embedded city as vector tiles at this address (`{z}/{x}/{y}` in it); absent without a city. */
    cityTilesUrl?: string;
    center: [lng: number, lat: number];
    zoom: number;
  };
}

/** Errors: throws when the server does not answer with a configuration. */
export async function loadPageConfig(url: URL): Promise<PageConfig> {
  const response = await fetch(url, { credentials: 'omit' });
  if (!response.ok) throw new Error(`configuration: ${response.status}`);
  return (await response.json()) as PageConfig;
}
