import { describe, expect, it } from 'vitest';
import { readLaunchParams } from '../../src/web/ozloc/launch-params.js';

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
    expect(read('?integration_code=77').relocateCode).toBe('77');
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
});
