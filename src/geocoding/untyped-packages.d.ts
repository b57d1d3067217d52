/** What we use of Google's Open Location Code, whose published types describe another version. */
declare module 'open-location-code' {
  export class OpenLocationCode {
    isValid(code: string): boolean;
    isFull(code: string): boolean;
    recoverNearest(shortCode: string, lat: number, lng: number): string;
    decode(code: string): { latitudeLo: number; longitudeLo: number; latitudeCenter: number; longitudeCenter: number };
  }
}

declare module 'vt-pbf' {
  import type { LegacyTile } from 'geojson-vt';

  export function fromGeojsonVt(
    layers: Record<string, LegacyTile>,
    options?: { version?: number; extent?: number },
  ): Uint8Array;
}
