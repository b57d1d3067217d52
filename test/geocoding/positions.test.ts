import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctionsOf, isInBrazil, readPosition } from '../../src/geocoding/positions.js';

const HERE = { lat: -16.123456, lng: -49.254321 };
const far = (text: string) => {
  const found = readPosition(text, { lat: -16.1, lng: -49.2 });
  return found && Math.max(Math.abs(found.lat - HERE.lat), Math.abs(found.lng - HERE.lng));
};

describe('A position is read', () => {
  it.each([
    '-16.123456, -49.254321',
    '-16.123456,-49.254321',
    '-16.123456 -49.254321',
    '-16,123456 -49,254321',
    '-16,123456; -49,254321',
    '-16,123456, -49,254321',
    '(-16.123456, -49.254321)',
    '-16.123456°, -49.254321°',
    '\u221216.123456, \u221249.254321',
    '\u200e-16.123456,\u200e -49.254321',
    'lat: -16.123456, lng: -49.254321',
    'Latitude -16.123456 Longitude -49.254321',
    'lng=-49.254321&lat=-16.123456',
    '{"lat": -16.123456, "lng": -49.254321}',
    '16.123456 S, 49.254321 W',
    'S 16.123456 O 49.254321',
    `16°07'24.4"S 49°15'15.6"W`,
    `16° 7' 24,4" S, 49° 15' 15,6" O`,
    `16º07’24.4”S 49º15’15.6”O`,
    `16°07.4074'S 49°15.2593'W`,
    `-16°07'24.4", -49°15'15.6"`,
    'https://www.google.com/maps?q=-16.123456,-49.254321',
    'https://maps.google.com/?q=-16.123456,-49.254321&z=17&hl=pt-BR',
    'https://www.google.com/maps/@-16.123456,-49.254321,17z',
    'https://www.google.com/maps/place/Casa/@-16.9,-49.9,17z/data=!3m1!4b1!4m5!3m4!1s0x0!8m2!3d-16.123456!4d-49.254321',
    'https://www.google.com/maps/search/?api=1&query=-16.123456%2C-49.254321',
    'https://www.google.com/maps/dir/?api=1&destination=-16.123456,-49.254321',
    'https://www.google.com/maps/search/-16.123456,+-49.254321?entry=tts',
    'https://maps.apple.com/?ll=-16.123456,-49.254321&q=Pin',
    'https://waze.com/ul?ll=-16.123456,-49.254321&navigate=yes',
    'https://www.openstreetmap.org/?mlat=-16.123456&mlon=-49.254321#map=17/-16.9/-49.9',
    'https://www.openstreetmap.org/#map=17/-16.123456/-49.254321',
    'geo:-16.123456,-49.254321?z=17',
    'minha casa: https://maps.google.com/?q=-16.123456,-49.254321',
  ])('from %s', (text) => {
    expect(far(text)).toBeLessThan(0.00002);
    expect(readPosition(text)?.accuracyM).toBe(0);
  });

  it.each(['58MGVPGW+J7', '58mgvpgw+j7', '58MGVPGW+J7 Planalto Novo, GO', 'VPGW+J7 Planalto Novo'])(
    'from the plus code %s, with its size',
    (code) => {
      expect(far(code)).toBeLessThan(0.0002);
      expect(readPosition(code, HERE)).toMatchObject({ accuracyM: 10 });
    },
  );

  it('knows no plus code so short that it means several places of one town', () => {
    expect(readPosition('GW+J7', HERE)).toBeNull();
  });

  it('knows no short plus code where nothing is known to be near', () => {
    expect(readPosition('VPGW+J7')).toBeNull();
  });

  it.each([
    ['-16.12, -49.25', 787],
    ['-16.123 -49.254', 79],
    [`16°07'S 49°15'W`, 1311],
    [`16°07'24"S 49°15'16"W`, 22],
    ['-16.1234, -49.2543', 8],
  ])('from %s, which is not exact, with its error', (text, metres) => {
    expect(readPosition(text)?.accuracyM).toBe(metres);
  });

  it.each([
    '',
    'Rua 12, 34',
    '12, 34',
    '120',
    'Rua Rio 12.5, 30',
    '32041-110',
    '-16.1',
    '-16.1 -49.2 -50.3',
    '31 99999-0000',
    'BR-040 km 12,5',
    '95.0, 10.0',
    'https://maps.app.goo.gl/AbCd',
    '0,0',
    '12.345, 200.5',
    'Quadra 12, 33.5',
  ])('is not seen in %j', (text) => {
    expect(readPosition(text)).toBeNull();
  });

  it('from its own digits, whatever they are', () => {
    const degrees = (most: number) =>
      fc.double({ min: -most, max: most, noNaN: true }).map((value) => value.toFixed(6));
    const form = fc.constantFrom(', ', ' ', ';', ' / ');
    fc.assert(
      fc.property(degrees(89), degrees(179), form, fc.boolean(), (lat, lng, between, comma) => {
        fc.pre(Number(lat) !== 0 || Number(lng) !== 0);
        const text = (comma ? [lat, lng].map((one) => one.replace('.', ',')) : [lat, lng]).join(between);
        const found = readPosition(text);
        expect(found).toEqual({ lat: Number(lat) || found?.lat, lng: Number(lng) || found?.lng, accuracyM: 0 });
      }),
    );
  });
});

describe('A position outside', () => {
  it.each([
    ['the wrong way round', { lat: HERE.lng, lng: HERE.lat }],
    ['without its signs', { lat: -HERE.lat, lng: -HERE.lng }],
    ['both', { lat: -HERE.lng, lng: -HERE.lat }],
  ])('is corrected when it was written %s', (_, written) => {
    expect(correctionsOf(written, ({ lat }) => Math.abs(lat - HERE.lat) < 1)).toEqual([HERE]);
    expect(correctionsOf(written, isInBrazil)).toContainEqual(HERE);
  });

  it('is not corrected where nothing of it is inside', () => {
    expect(correctionsOf({ lat: 35.6, lng: 139.7 }, isInBrazil)).toEqual([]);
  });
});
