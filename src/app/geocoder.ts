import { readFile } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { City } from '../city/city.js';
import { readCityFolder } from '../city/read-folder.js';
import { blaming } from '../config/env-file.js';
import type { Config } from '../config.js';
import type { Coordinates } from '../domain/geo.js';
import { createGazetteer } from '../geocoding/gazetteer/index.js';
import { cityAsShown } from '../geocoding/gazetteer/present.js';
import type { AddressSuggestion, Geocoder, Suggester } from '../geocoding/geocoder.js';
import { AreaAround, areaOfGeoJson, areaOfTowns, type ServiceArea } from '../geocoding/service-area.js';
import { type GeocoderStanding, type SharedGeocoder, shareGeocoder } from '../geocoding/shared-geocoder.js';

/** Nominatim's rules ask every client to name itself. */
const USER_AGENT = 'ozmap-cnt-subgraph';
const AREA_READ_EVERY_MS = 6 * 3_600_000;

/** What the geocoder is made of. */
export interface GeocodingOptions {
  config: Pick<Config, 'geocoder' | 'geocoding'>;
  /** The embedded OZmap's, where there is one. */
  embeddedCity: City | null;
  /** Where the network is. */
  plantPoints: () => Promise<Coordinates[]>;
  logger: Pick<FastifyBaseLogger, 'warn' | 'info'>;
}

/** The geocoder that was configured, and where it looks. */
export interface Geocoding {
  geocoder: SharedGeocoder;
  /** The same for the service's own questions. */
  direct: Geocoder;
  area: ServiceArea;
  /** What an address may become while it is typed; never anything without a gazetteer. */
  suggest: Suggester['suggest'];
  /** The gazetteer's streets, as a map shows them; null without one. */
  city: City | null;
  /** How the provider took the last question; null for a gazetteer, which is always there. */
  standing: (() => GeocoderStanding) | null;
  stop(): void;
}

/** Errors: CityFolderError, of a folder that cannot be used · Error, of a SERVICE_AREA file that says no area in Brazil. */
export async function createGeocoding({
  config,
  embeddedCity,
  plantPoints,
  logger,
}: GeocodingOptions): Promise<Geocoding> {
  const { geocoder: choice, geocoding } = config;
  const folder = choice.kind === 'gazetteer' ? choice.folder : geocoding.fallbackFolder;
  const city = folder === null ? embeddedCity : await readFolder(folder, logger);
  const gazetteer = city && createGazetteer(city);
  const suggest = remembering(gazetteer ?? { suggest: () => [] });
  const around = new AreaAround();
  const area = await configuredArea(geocoding.serviceArea, around);
  if (choice.kind === 'gazetteer') {
    if (!city || !gazetteer) throw new Error('a gazetteer needs a city');
    around.setPoints([...city.addresses, ...city.streets.flatMap(({ path }) => path)]);
    return {
      geocoder: shareGeocoder(gazetteer),
      suggest,
      direct: gazetteer,
      area,
      standing: null,
      city: cityAsShown(city),
      stop: () => {},
    };
  }

  const read = () =>
    plantPoints()
      .then((points) => around.setPoints(points))
      .catch((err: unknown) => logger.warn({ err }, 'the area that the network covers could not be read'));
  void read();
  const timer = setInterval(read, AREA_READ_EVERY_MS).unref();
  const direct = await providerOf(choice, area);
  const geocoder = shareGeocoder(direct, {
    perSecond: geocoding.perSecond,
    cacheHours: geocoding.cacheHours,
    fallback: gazetteer,
    onStanding: (standing) =>
      standing === 'up'
        ? logger.info('the geocoder answers again')
        : logger.warn({ geocoder: choice.kind, standing }, 'the geocoder gives no answers'),
  });
  // A key that is wrong never heals: it shows before the first seller asks.
  void geocoder.check({ text: townNamed(area) });
  const shown = city && cityAsShown(city);
  return {
    geocoder,
    suggest,
    direct,
    area,
    city: shown,
    standing: geocoder.standing,
    stop: () => clearInterval(timer),
  };
}

const SUGGESTIONS_KEPT = 2_000;
/** What is nearer than this is the same view: about a kilometre. */
const VIEW_DEGREES = 0.01;

/** What many sellers type, and one who takes a letter back, is looked up once. */
function remembering({ suggest }: Suggester): Suggester['suggest'] {
  const kept = new LRUCache<string, AddressSuggestion[]>({ max: SUGGESTIONS_KEPT });
  return (text, near, first) => {
    const view = near && [near.lat, near.lng].map((degrees) => Math.round(degrees / VIEW_DEGREES)).join('/');
    const key = `${first} ${view} ${text.trim().toLowerCase()}`;
    const before = kept.get(key);
    if (before) return before;
    const found = suggest(text, near, first);
    kept.set(key, found);
    return found;
  };
}

function townNamed({ towns: [town] }: ServiceArea): string {
  return town ? `${town.name} - ${town.state}` : 'Brasília - DF';
}

async function readFolder(folder: string, logger: GeocodingOptions['logger']): Promise<City> {
  const city = await blaming('GAZETTEER_DIR', () => readCityFolder(folder));
  for (const note of city.notes) logger.warn({ folder }, note);
  return city;
}

async function providerOf(
  choice: Exclude<Config['geocoder'], { kind: 'gazetteer' }>,
  area: ServiceArea,
): Promise<Geocoder> {
  if (choice.kind === 'google') {
    const { createGoogleGeocoder } = await import('../geocoding/google.js');
    return createGoogleGeocoder({ apiKey: choice.apiKey, area, ...(choice.url && { url: choice.url }) });
  }
  const { createNominatimGeocoder } = await import('../geocoding/nominatim.js');
  return createNominatimGeocoder({ url: choice.url, userAgent: USER_AGENT, area });
}

/** As SERVICE_AREA says; without it, what the network covers. */
async function configuredArea(choice: Config['geocoding']['serviceArea'], around: AreaAround): Promise<ServiceArea> {
  if (choice === null) return around;
  if ('towns' in choice) return areaOfTowns(choice.towns, around);
  const { file } = choice;
  return blaming('SERVICE_AREA', async () => areaOfGeoJson(JSON.parse(await readFile(file, 'utf8'))));
}
