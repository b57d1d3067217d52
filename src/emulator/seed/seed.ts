import type { City } from '../../city/city.js';
import type { Store } from '../store/store.js';

/** Lays a fibre network on a city's streets, in an empty store. Deterministic: the same city gives the same ids, names and dates. */
export function seedPlant(_store: Store, _city: City): void {}
