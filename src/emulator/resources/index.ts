import type { AnyResource } from '../resource.js';

/** Every route of the embedded OZmap that lists, finds and changes records. */
export const resources: AnyResource[] = [];
