import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/config.js';

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('starts the embedded OZmap with its own gazetteer when nothing is set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 14_000,
      basePath: '/integrations/cnt',
      ozmap: { kind: 'embedded', port: 9_994, cityFolder: null },
      geocoder: { kind: 'gazetteer', folder: null },
      policy: { updateClientName: true, cancelDisconnectsDrop: false, viabilityValidMinutes: 30, polePinMaxM: 10 },
      introspection: true,
    });
  });

  it('names every wrong variable in one message, with what it got and what it takes', () => {
    const faults = faultsOf({ PORT: 'abc', BASE_PATH: 'cnt', UPDATE_CLIENT_NAME: 'yes', POLE_PIN_MAX_M: '-1' });
    expect(faults).toEqual([
      'PORT got "abc"; it takes a whole number from 0 to 65535',
      expect.stringMatching(/^BASE_PATH got "cnt"; it takes a path/),
      'UPDATE_CLIENT_NAME got "yes"; it takes true or false',
      'POLE_PIN_MAX_M got "-1"; it takes a number from 0 to 1000',
    ]);
  });

  it('never shows a secret, not even in an address', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://root:hunter2@db',
      OZMAP_URL: 'https://me:hunter2@ozmap.example',
      OZMAP_TOKEN: 'hunter2',
      GEOCODER: 'gazetteer',
      GAZETTEER_DIR: '.',
    });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hunter2');
    expect(faults.join()).toContain('a value (not shown)');
  });

  it('wants OZMAP_URL and OZMAP_TOKEN both or neither', () => {
    const faults = faultsOf({
      OZMAP_URL: 'https://ozmap.example:9994',
      GEOCODER: 'nominatim',
      NOMINATIM_URL: 'http://n',
    });
    expect(faults).toEqual(['OZMAP_TOKEN is not set; it goes with OZMAP_URL: both or neither']);
  });

  it('refuses a real OZmap without a geocoder, and says which three ways there are', () => {
    const faults = faultsOf({ OZMAP_URL: 'https://ozmap.example:9994', OZMAP_TOKEN: 't' });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(/^GEOCODER is not set.*GOOGLE_MAPS_API_KEY.*NOMINATIM_URL.*GAZETTEER_DIR/);
  });

  it('takes Google as soon as there is a key', () => {
    expect(readConfig({ GOOGLE_MAPS_API_KEY: 'k' }).geocoder).toEqual({ kind: 'google', apiKey: 'k' });
  });

  it('closes introspection in production with a real OZmap only', () => {
    const real = { OZMAP_URL: 'https://o.example', OZMAP_TOKEN: 't', GOOGLE_MAPS_API_KEY: 'k' };
    expect(readConfig({ ...real, NODE_ENV: 'production' }).introspection).toBe(false);
    expect(readConfig({ ...real, NODE_ENV: 'production', INTROSPECTION: 'true' }).introspection).toBe(true);
    expect(readConfig({ NODE_ENV: 'production' }).introspection).toBe(true);
  });

  it('names folders and files that are not there', () => {
    expect(faultsOf({ EMULATOR_CITY: '/no/such/city' })).toEqual([
      'EMULATOR_CITY got "/no/such/city", which does not exist',
    ]);
  });

  it('counts an empty variable as not set, and takes "/" as the base path', () => {
    expect(readConfig({ OZMAP_URL: '', PORT: ' ', BASE_PATH: '/' })).toMatchObject({ port: 14_000, basePath: '' });
  });
});
