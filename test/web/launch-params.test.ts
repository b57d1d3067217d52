import { describe, expect, it } from 'vitest';
import { readLaunchParams } from '../../src/web/ozloc/launch-params.js';
import { markOf } from '../../src/web/ozloc/sale-tab.js';

const read = (rest: string) => readLaunchParams(`https://cnt.example:14000/integrations/cnt/ozloc${rest}`);

describe('readLaunchParams', () => {
  it('takes the parameters of the original', () => {
    const params = read(
      '?address=Rua%20A,%2010&lat=-19.5&lng=-44,2&cod_cli=00123&client_name=Bar&viabilityTags=["norte","x"]',
    );
    expect(params).toMatchObject({
      address: 'Rua A, 10',
      location: { lat: -19.5, lng: -44.2 },
      contractCode: '00123',
      clientName: 'Bar',
      tags: ['norte', 'x'],
      relocateCode: null,
    });
    expect(read('?viabilityTags=a,b').tags).toEqual(['a', 'b']);
    expect(read('?integration_code=77')).toMatchObject({ relocateCode: '77', shownCode: null });
    expect(read('?contract=77')).toMatchObject({ relocateCode: null, shownCode: '77' });
  });

  it('needs both coordinates, and takes 0,0 for none', () => {
    for (const query of ['?lat=-19.5', '?lat=0&lng=0', '?lat=x&lng=y', '?lat=91&lng=0'])
      expect(read(query).location).toBeNull();
  });

  it('takes an API key and a ticket out of sight, and leaves the rest', () => {
    const params = read('?address=A&authorization=secret#t=one-time');
    expect(params).toMatchObject({ keyInQuery: true, ticket: 'one-time' });
    expect(params.cleanAddress).toBe('/integrations/cnt/ozloc?address=A');
    expect(JSON.stringify(params)).not.toContain('secret');
  });

  it('reads percent codes of Latin-1, and leaves them in the address as they are', () => {
    const params = read('?address=Pra%E7a+da+S%E9%2C+15&client_name=Gr%eb%f3rio&authorization=k');
    expect(params).toMatchObject({ address: 'Praça da Sé, 15', clientName: 'Grëório' });
    expect(params.cleanAddress).toBe('/integrations/cnt/ozloc?address=Pra%E7a+da+S%E9%2C+15&client_name=Gr%eb%f3rio');
    expect(read('?address=Pra%C3%A7a 100%25 nova').address).toBe('Praça 100% nova');
    expect(read('?address=50%').address).toBe('50%');
  });

  it.each(['undefined', 'null', 'NaN', '', '%20'])('takes %j for nothing', (value) => {
    const names = ['address', 'lat', 'lng', 'cod_cli', 'client_name', 'viabilityTags', 'integration_code'];
    expect(read(`?${names.map((name) => `${name}=${value}`).join('&')}`)).toMatchObject({
      address: null,
      location: null,
      contractCode: null,
      clientName: null,
      tags: [],
      relocateCode: null,
    });
  });

  it.each([
    ['?viabilityTags[]=leste&viabilityTags[]=centro', ['leste', 'centro']],
    ['?viabilityTags%5B0%5D=leste', ['leste']],
    ['?viabilityTags=leste&viabilityTags=centro&viabilityTags=leste', ['leste', 'centro']],
    ["?viabilityTags=['leste','centro']", ['leste', 'centro']],
    ['?viabilityTags=[4,7]', ['4', '7']],
    ['?viabilityTags=leste;centro', ['leste', 'centro']],
    ['?viabilityTags="leste"', ['leste']],
    ['?viabilityTags=["leste', ['["leste']],
    ['?VIABILITYTAGS=leste', ['leste']],
    ['?viabilityTags=undefined&viabilityTags=leste', ['leste']],
  ])('keeps every restriction of %s', (query, tags) => {
    expect(read(query).tags).toEqual(tags);
  });

  it.each(['Authorization', 'AUTHORIZATION', 'authorization', '%61uthorization', 'authorization[]'])(
    'takes a key that is called %s out of sight',
    (name) => {
      const params = read(`?cod_cli=A%2F1&${name}=secret&lat=-19,5`);
      expect(params).toMatchObject({ keyInQuery: true, contractCode: 'A/1' });
      expect(params.cleanAddress).toBe('/integrations/cnt/ozloc?cod_cli=A%2F1&lat=-19,5');
    },
  );
});

describe('the mark of a typed token', () => {
  const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${Math.random()}`;
  const seller = {
    iss: 'https://platform.example',
    sub: 'joão?? >>',
    aud: 'ozmap',
    scope: 'a b',
    iat: 1,
    exp: 2,
    jti: 'x',
  };
  const mark = markOf(jwt(seller), 'entry');

  it('is the same of a token that its platform renewed', () => {
    expect(markOf(jwt({ ...seller, iat: 7, exp: 8, jti: 'y' }), 'entry')).toBe(mark);
  });

  it.each([
    ['somebody else', jwt({ ...seller, sub: 'maria' })],
    ['other rights', jwt({ ...seller, scope: 'a' })],
    ['another platform', jwt({ ...seller, iss: 'https://other.example' })],
  ])('is another of %s', (_, token) => {
    expect(markOf(token, 'entry')).not.toBe(mark);
  });

  it.each(['demo', jwt({ iat: 1 }), jwt({ iss: 'https://platform.example', iat: 1 }), 'a.b.c'])(
    'is that of the text where nobody is named: %s',
    (token) => {
      expect(markOf(token, 'entry')).not.toBe(markOf(`${token}x`, 'entry'));
      expect(markOf(token, 'entry')).toBe(markOf(token, 'entry'));
    },
  );
});
