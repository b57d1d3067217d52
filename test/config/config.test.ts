import { randomBytes } from 'node:crypto';
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
      ozmap: { kind: 'embedded', port: 9_994, cityFolder: null, citySize: 'town' },
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
    expect(readConfig({ GOOGLE_MAPS_API_KEY: 'k' }).geocoder).toEqual({ kind: 'google', apiKey: 'k', url: null });
  });

  it('takes a service area as towns or as a file that is there', () => {
    const areaOf = (SERVICE_AREA: string) => readConfig({ SERVICE_AREA }).geocoding.serviceArea;
    expect(areaOf('Juiz de Fora/mg; Matias Barbosa / MG')).toEqual({
      towns: [
        { name: 'Juiz de Fora', state: 'MG' },
        { name: 'Matias Barbosa', state: 'MG' },
      ],
    });
    expect(areaOf('package.json')).toEqual({ file: 'package.json' });
    for (const wrong of ['Juiz de Fora', 'nowhere.geojson', ';', 'Juiz de Fora/Minas'])
      expect(() => areaOf(wrong)).toThrow(/SERVICE_AREA/);
  });

  it('closes introspection in production with a real OZmap only', () => {
    const real = { OZMAP_URL: 'https://o.example', OZMAP_TOKEN: 't', GOOGLE_MAPS_API_KEY: 'k' };
    expect(readConfig({ ...real, NODE_ENV: 'production' }).introspection).toBe(false);
    expect(readConfig({ ...real, NODE_ENV: 'production', INTROSPECTION: 'true' }).introspection).toBe(true);
    expect(readConfig({ NODE_ENV: 'production', EMBEDDED_OZMAP: 'true' }).introspection).toBe(true);
  });

  it('names folders and files that are not there', () => {
    expect(faultsOf({ EMULATOR_CITY: '/no/such/city' })).toEqual([
      'EMULATOR_CITY got "/no/such/city", which does not exist',
    ]);
  });

  it('reads the certificate and its key at once, so that files that do not fit are named', () => {
    const [fault, ...others] = faultsOf({ TLS_CERT_FILE: 'package.json', TLS_KEY_FILE: 'package.json' });
    expect(fault).toMatch(/^TLS_CERT_FILE and TLS_KEY_FILE cannot be used together: .*PEM/);
    expect(others).toEqual([]);
  });

  it('takes the size of the made-up city by its word, and not beside a real one', () => {
    expect(readConfig({ EMULATOR_SIZE: '200k' }).ozmap).toMatchObject({ citySize: '200k' });
    expect(faultsOf({ EMULATOR_SIZE: 'huge' })[0]).toContain('EMULATOR_SIZE got "huge"');
    expect(faultsOf({ EMULATOR_SIZE: 'city', EMULATOR_CITY: '.' })[0]).toContain('EMULATOR_SIZE is set beside');
  });

  it('counts an empty variable as not set, and takes "/" as the base path', () => {
    expect(readConfig({ OZMAP_URL: '', PORT: ' ', BASE_PATH: '/' })).toMatchObject({ port: 14_000, basePath: '' });
  });
});

describe('AUTH=jwt', () => {
  const jwt = {
    AUTH: 'jwt',
    JWT_JWKS_URL: 'http://platform.test/keys',
    JWT_ISSUER: 'https://platform.test/',
    JWT_AUDIENCE: 'ozmap-cnt',
    JWT_OZMAP_TOKENS_FILE: 'package.json',
  };

  it('needs the keys, issuer, audience and the OZmap tokens, and reads none of them without it', () => {
    expect(readConfig(jwt).jwt).toMatchObject({
      issuer: 'https://platform.test/',
      claim: 'ozmap_user',
      clockSkewS: 30,
    });
    const { AUTH, ...rest } = jwt;
    expect(faultsOf({ AUTH }).map((fault) => fault.split(' ')[0])).toEqual(Object.keys(rest));
    expect(faultsOf(rest)).toHaveLength(4);
    expect(faultsOf({ ...jwt, JWT_OZMAP_TOKENS_FILE: 'nowhere.json' })[0]).toMatch(/does not exist$/);
  });

  it('takes keys in production over TLS only', () => {
    const production = { ...jwt, NODE_ENV: 'production', EMBEDDED_OZMAP: 'true' };
    expect(faultsOf(production)).toEqual([expect.stringMatching(/^JWT_JWKS_URL starts with http:/)]);
    expect(faultsOf({ ...production, JWT_JWKS_URL: 'https://platform.test/keys' })).toEqual([]);
  });
});

describe('In production', () => {
  const production = { NODE_ENV: 'production' };
  const real = { ...production, OZMAP_URL: 'https://o.example', OZMAP_TOKEN: 't', GOOGLE_MAPS_API_KEY: 'k' };

  it('a lost OZMAP_URL and OZMAP_TOKEN refuse the start: only EMBEDDED_OZMAP=true asks for a made-up network', () => {
    for (const lost of [production, { ...production, OZMAP_URL: '', OZMAP_TOKEN: ' ' }]) {
      expect(faultsOf(lost)).toEqual([expect.stringMatching(/^OZMAP_URL is not set;.*EMBEDDED_OZMAP=true/)]);
    }
    expect(readConfig({ ...production, EMBEDDED_OZMAP: 'true' }).ozmap.kind).toBe('embedded');
    expect(readConfig(real).ozmap.kind).toBe('real');
  });

  it('links to the map page need the origin that they lead to', () => {
    const SESSION_SECRET = randomBytes(32).toString('hex');
    expect(faultsOf({ ...real, SESSION_SECRET })).toEqual([expect.stringMatching(/^PUBLIC_ORIGIN is not set;/)]);
    expect(readConfig({ ...real, SESSION_SECRET, PUBLIC_ORIGIN: 'https://fibra.example' }).pages).toMatchObject({
      publicOrigin: 'https://fibra.example',
    });
    expect(faultsOf({ SESSION_SECRET })).toEqual([]);
  });
});

describe('What cannot work stops the start', () => {
  it.each(['Production', 'prod', 'staging'])(
    'a NODE_ENV of %s, which would open what production closes',
    (NODE_ENV) => {
      expect(faultsOf({ NODE_ENV })).toEqual([
        `NODE_ENV got "${NODE_ENV}"; it takes one of production, development, test`,
      ]);
    },
  );

  it('an embedded OZmap beside a real one, or switched off without a real one', () => {
    const real = { OZMAP_URL: 'https://o.example', OZMAP_TOKEN: 't', GOOGLE_MAPS_API_KEY: 'k' };
    expect(faultsOf({ ...real, EMBEDDED_OZMAP: 'true' })).toEqual([expect.stringMatching(/^EMBEDDED_OZMAP got true/)]);
    expect(faultsOf({ EMBEDDED_OZMAP: 'false' })).toEqual([expect.stringMatching(/^OZMAP_URL is not set/)]);
  });

  it.each([
    [
      'CORS_ORIGINS',
      ['null', 'garbage', 'https://a.example;https://b.example', 'https://a.example/path', '*, https://a.example'],
    ],
    [
      'WEBHOOK_URLS',
      ['foo', 'ftp://x', 'https://a.example;https://b.example', 'https://a.example/x;https://b.example/y'],
    ],
    [
      'WEBHOOK_SECRET',
      [
        'short',
        '***',
        `whsec_${'A'.repeat(44)}`,
        `whsec_${Buffer.from('a secret').toString('base64')}`,
        '-'.repeat(40),
      ],
    ],
    ['SESSION_SECRET', ['a'.repeat(32), 'abcdefgh'.repeat(5), '12'.repeat(20), 'too short, though various']],
    ['OZMAP_TOKEN', ['Bearer abc', 'two words', '"abc"', "'abc'", 'ab"c', 'chave-ção']],
    ['GOOGLE_MAPS_API_KEY', ['"AIza"', 'a b']],
    [
      'OZMAP_URL',
      ['"https://o.example"', 'https://o.example?x=1', 'https://a.example,https://b.example', 'o.example:9994'],
    ],
    [
      'TRUST_PROXY',
      ['true', '0', '11', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'router.example', '10.0.0.0/8;10.1.0.1', '1, 10.0.0.1'],
    ],
    [
      'TRUST_PROXY',
      [
        '0.0.0.0/1,128.0.0.0/1',
        '::/1 8000::/1',
        '10.0.0.0/8, 0.0.0.0/2 64.0.0.0/2 128.0.0.0/2',
        '::/1',
        '::ffff:0:0/96',
        '2000::/3',
        Array.from({ length: 256 }, (_, first) => `${first}.0.0.0/8`).join(),
      ],
    ],
    ['OPS_PORT', ['14000', '65536', '9464/tcp']],
    ['PUBLIC_ORIGIN', ['https://fibra.example/integrations/cnt', 'fibra.example', 'https://*.fibra.example']],
    [
      'DATABASE_URL',
      ['"postgres://u:hunter2@h/d"', 'postgres://u:hunter2@h/d?sslmode=required', 'postgres://h/d?sslmode='],
    ],
    ['DATA_DIR', ['"./data"']],
  ])('a %s that is not what it takes', (name, values) => {
    const beside = {
      OZMAP_URL: 'https://o.example',
      OZMAP_TOKEN: 't',
      GOOGLE_MAPS_API_KEY: 'k',
      WEBHOOK_URLS: 'https://hooks.example/a?b=c;d',
      WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
    };
    expect(faultsOf(beside)).toEqual([]);
    for (const value of values) {
      const faults = faultsOf({ ...beside, [name]: value });
      expect([value, faults]).toEqual([value, [expect.stringMatching(new RegExp(`^${name} got `))]]);
      if (/SECRET|TOKEN|KEY|WEBHOOK|DATABASE/.test(name)) expect(faults.join()).not.toContain(value);
    }
  });

  it('takes lists with commas and spaces, secrets as the usual tools make them, and an origin with a slash behind it', () => {
    const key = randomBytes(24).toString('base64');
    const config = readConfig({
      TRUST_PROXY: '10.0.0.0/8, 192.168.1.7 fd00::/8 172.16.0.0/12, 2606:4700::/32',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      WEBHOOK_URLS: 'https://a.example/x?to=https://c.example, http://10.0.0.5:8080/y',
      WEBHOOK_SECRET: key,
      SESSION_SECRET: randomBytes(16).toString('hex'),
      PUBLIC_ORIGIN: 'https://fibra.example/',
    });
    expect(config).toMatchObject({
      trustProxy: ['10.0.0.0/8', '192.168.1.7', 'fd00::/8', '172.16.0.0/12', '2606:4700::/32'],
      corsOrigins: ['https://a.example', 'http://localhost:3000'],
      journal: {
        webhooks: {
          receivers: [
            { name: 'a.example', url: 'https://a.example/x?to=https://c.example', secret: key },
            { name: '10.0.0.5:8080', url: 'http://10.0.0.5:8080/y', secret: key },
          ],
        },
      },
      pages: { publicOrigin: 'https://fibra.example' },
    });
    expect([readConfig({ TRUST_PROXY: '2' }).trustProxy, readConfig({}).trustProxy]).toEqual([2, null]);
    expect(readConfig({ CORS_ORIGINS: '-' }).corsOrigins).toEqual([]);
    // As a browser sends them, or no page of theirs would be let in.
    const written = 'HTTPS://Erp.Example/, https://loja.example:443 http://10.0.0.7:80';
    expect(readConfig({ CORS_ORIGINS: written }).corsOrigins).toEqual([
      'https://erp.example',
      'https://loja.example',
      'http://10.0.0.7',
    ]);
  });
});
