import type { City } from '../city/city.js';
import { readCityFolder } from '../city/read-folder.js';
import type { GeocoderChoice } from '../config.js';
import { createGazetteer } from '../geocoding/gazetteer/index.js';
import type { Geocoder } from '../geocoding/geocoder.js';

/** Nominatim's rules ask every client to name itself. */
const USER_AGENT = 'ozmap-cnt-subgraph';

/** The geocoder that was configured. `embeddedCity` is the embedded OZmap's, where there is one. */
export async function createGeocoder(choice: GeocoderChoice, embeddedCity: City | null): Promise<Geocoder> {
  if (choice.kind === 'google') {
    const { createGoogleGeocoder } = await import('../geocoding/google.js');
    return createGoogleGeocoder({ apiKey: choice.apiKey });
  }
  if (choice.kind === 'nominatim') {
    const { createNominatimGeocoder } = await import('../geocoding/nominatim.js');
    return createNominatimGeocoder({ url: choice.url, userAgent: USER_AGENT });
  }
  const city = choice.folder === null ? embeddedCity : await readCityFolder(choice.folder);
  if (!city) throw new Error('a gazetteer needs a city');
  return createGazetteer(city);
}
