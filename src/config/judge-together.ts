import { existsSync, readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { isHttpUrl } from './kinds.js';
import type { ServiceAreaChoice } from './network-kinds.js';
import type { Values, VariableName } from './variables.js';

/** Who turns addresses into places. A gazetteer without folder reads the embedded OZmap's own city. */
export type GeocoderChoice =
  | { kind: 'google'; apiKey: string; url: string | null }
  | { kind: 'nominatim'; url: string }
  | { kind: 'gazetteer'; folder: string | null };

/** Variables that name a file or folder which has to be there. */
const EXISTING = [
  'SERVICE_AREA',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'EMULATOR_CITY',
  'GAZETTEER_DIR',
  'PERSISTED_OPERATIONS_MANIFEST',
  'JWT_OZMAP_TOKENS_FILE',
  'BRAND_LOGO',
] as const;

/** All of them, or AUTH=ozmap. */
const OF_JWT = ['JWT_JWKS_URL', 'JWT_ISSUER', 'JWT_AUDIENCE', 'JWT_OZMAP_TOKENS_FILE'] as const;

type Fault = (name: VariableName, message: string) => void;

/** Of SERVICE_AREA, which may name towns instead, or of a variable that is a file. */
function fileOf(value: string | ServiceAreaChoice | null): string | null {
  if (value === null || typeof value === 'string') return value;
  return 'file' in value ? value.file : null;
}

/** Adds to the faults what variables only show together. Null: no geocoder can be chosen. */
export function judgeTogether(values: Values, faults: Map<string, string>): GeocoderChoice | null {
  const wrong = (names: readonly VariableName[]) => names.some((name) => faults.has(name));

  const fault = (name: VariableName, message: string) => {
    if (!faults.has(name)) faults.set(name, `${name} ${message}`);
  };
  const pair = (a: VariableName, b: VariableName) => {
    if (wrong([a, b]) || (values[a] === null) === (values[b] === null)) return;
    const missing = values[a] === null ? a : b;
    fault(missing, `is not set; it goes with ${missing === a ? b : a}: both or neither`);
  };

  pair('OZMAP_URL', 'OZMAP_TOKEN');
  if (values.OPS_PORT !== null && values.OPS_PORT !== 0 && values.OPS_PORT === values.PORT)
    fault('OPS_PORT', `got ${values.OPS_PORT}, as PORT; leave it out to have health and metrics there`);
  pair('TLS_CERT_FILE', 'TLS_KEY_FILE');
  if (!namesReceiversByFile(values)) pair('WEBHOOK_URLS', 'WEBHOOK_SECRET');
  checkReceivers(values, fault);
  for (const name of EXISTING) {
    const file = fileOf(values[name]);
    if (file && !existsSync(file)) fault(name, `got ${JSON.stringify(file)}, which does not exist`);
  }
  if (values.PERSISTED_OPERATIONS_MANIFEST !== null && values.PERSISTED_OPERATIONS !== 'safelist')
    fault('PERSISTED_OPERATIONS_MANIFEST', 'is set, and would not be read: it needs PERSISTED_OPERATIONS=safelist');
  if (values.AUDIT_FILE !== null && values.AUDIT_LOG === 'off')
    fault('AUDIT_FILE', 'is set, and nothing would be written to it: it needs AUDIT_LOG=on');
  checkSignIn(values, fault);
  if (!wrong(['TLS_CERT_FILE', 'TLS_KEY_FILE'])) checkCertificate(values, fault);
  const embedded = isEmbedded(values);
  if (!wrong(['NODE_ENV', 'OZMAP_URL', 'OZMAP_TOKEN', 'EMBEDDED_OZMAP'])) checkTarget(values, embedded, fault);
  checkPages(values, fault);
  const choosing = [
    'OZMAP_URL',
    'OZMAP_TOKEN',
    'GEOCODER',
    'GOOGLE_MAPS_API_KEY',
    'NOMINATIM_URL',
    'GAZETTEER_DIR',
  ] as const;
  return wrong(choosing) ? null : chooseGeocoder(values, embedded, fault);
}

/** A certificate that the key does not fit, or a file that is neither, would only show once everything else has started. */
function checkCertificate({ TLS_CERT_FILE, TLS_KEY_FILE }: Values, fault: Fault): void {
  if (TLS_CERT_FILE === null || TLS_KEY_FILE === null) return;
  try {
    createSecureContext({ cert: readFileSync(TLS_CERT_FILE), key: readFileSync(TLS_KEY_FILE) });
  } catch (error) {
    fault(
      'TLS_CERT_FILE',
      `and TLS_KEY_FILE cannot be used together: ${error instanceof Error ? error.message : error}`,
    );
  }
}

export function isEmbedded({ OZMAP_URL, OZMAP_TOKEN }: Values): boolean {
  return OZMAP_URL === null && OZMAP_TOKEN === null;
}

/** What a platform's sign-in needs, and nothing of it where OZmap's own tokens are asked for. */
function checkSignIn(values: Values, fault: Fault): void {
  for (const name of OF_JWT) {
    if (values.AUTH === 'jwt' && values[name] === null) fault(name, 'is not set; AUTH=jwt needs it');
    if (values.AUTH === 'ozmap' && values[name] !== null)
      fault(name, 'is set, and would not be read: it needs AUTH=jwt');
  }
  if (values.NODE_ENV === 'production' && values.JWT_JWKS_URL?.startsWith('http:'))
    fault(
      'JWT_JWKS_URL',
      'starts with http://; in production it takes https://: who changes the keys on their way signs anybody in',
    );
}

function namesReceiversByFile({ WEBHOOK_URLS }: Values): boolean {
  return WEBHOOK_URLS !== null && 'file' in WEBHOOK_URLS;
}

function checkReceivers(values: Values, fault: Fault): void {
  if (namesReceiversByFile(values) && values.WEBHOOK_SECRET !== null)
    fault('WEBHOOK_SECRET', 'is set, and would not be read: in the file of WEBHOOK_URLS each receiver has its own');
}

function checkPages(values: Values, fault: Fault): void {
  const { MAP_PMTILES: archive } = values;
  if (archive !== null && (values.MAP_STYLE_URL !== null || values.MAP_TILES_URL !== null))
    fault('MAP_PMTILES', 'is set beside MAP_STYLE_URL or MAP_TILES_URL: one map');
  if (archive !== null && !isHttpUrl(archive) && !existsSync(archive))
    fault('MAP_PMTILES', `got ${JSON.stringify(archive)}, which does not exist`);
  if (values.OZLOC_ORIGINS !== null && values.OZLOC_FRAME_ANCESTORS !== null)
    fault('OZLOC_FRAME_ANCESTORS', 'is set beside OZLOC_ORIGINS, its newer name: one of them');
  if (values.NODE_ENV === 'production' && values.SESSION_SECRET !== null && values.PUBLIC_ORIGIN === null)
    fault('PUBLIC_ORIGIN', 'is not set; in production SESSION_SECRET needs it: links lead there');
}

/** A real OZmap and the embedded one exclude each other; in production the embedded one, a made-up network, has to be asked for. */
function checkTarget(values: Values, embedded: boolean, fault: Fault): void {
  const { NODE_ENV, EMBEDDED_OZMAP } = values;
  if (values.EMULATOR_SIZE !== null && values.EMULATOR_CITY !== null)
    fault('EMULATOR_SIZE', 'is set beside EMULATOR_CITY, which has its own size: one of them');
  if (EMBEDDED_OZMAP === true && !embedded)
    fault('EMBEDDED_OZMAP', 'got true, but OZMAP_URL and OZMAP_TOKEN name a real one');
  if (!embedded || EMBEDDED_OZMAP === true) return;
  if (EMBEDDED_OZMAP === false || NODE_ENV === 'production')
    fault(
      'OZMAP_URL',
      'is not set; it takes the address of your OZmap, with OZMAP_TOKEN. A trial without one: EMBEDDED_OZMAP=true',
    );
}

/** Google when there is a key; the embedded city with the embedded OZmap; with a real OZmap it must be configured. */
function chooseGeocoder(values: Values, embedded: boolean, fault: Fault): GeocoderChoice | null {
  const { GEOCODER, GOOGLE_MAPS_API_KEY, NOMINATIM_URL, GAZETTEER_DIR } = values;
  const chosen = GEOCODER ?? (GOOGLE_MAPS_API_KEY !== null ? 'google' : 'gazetteer');
  if (chosen === 'google') {
    if (GOOGLE_MAPS_API_KEY !== null)
      return { kind: 'google', apiKey: GOOGLE_MAPS_API_KEY, url: values.GOOGLE_MAPS_URL };
    fault('GOOGLE_MAPS_API_KEY', 'is not set; GEOCODER=google needs a key of the Google Geocoding API');
    return null;
  }
  if (chosen === 'nominatim') {
    if (NOMINATIM_URL !== null) return { kind: 'nominatim', url: NOMINATIM_URL };
    fault('NOMINATIM_URL', "is not set; GEOCODER=nominatim needs your Nominatim server's address");
    return null;
  }
  if (GAZETTEER_DIR !== null || embedded) return { kind: 'gazetteer', folder: GAZETTEER_DIR };
  if (GEOCODER === 'gazetteer') {
    fault('GAZETTEER_DIR', 'is not set; GEOCODER=gazetteer with a real OZmap needs a folder of addresses');
  } else {
    fault(
      'GEOCODER',
      'is not set, and a real OZmap needs one: set GOOGLE_MAPS_API_KEY, or GEOCODER=nominatim with NOMINATIM_URL, or GEOCODER=gazetteer with GAZETTEER_DIR',
    );
  }
  return null;
}
