// The steps behind the list, in one file of their own: they are fetched once there is something to choose.
export { Done } from './done.js';
export { Draw } from './draw.js';
export { Prospect, ProspectDone } from './prospect.js';
export { Sale } from './sale.js';
