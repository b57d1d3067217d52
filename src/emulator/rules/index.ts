/** What OZmap does beyond storing records, for the routes that are no collection. */
export { connect, disconnect, disconnectFibers } from './connect.js';
export { propertiesOfClientCode } from './property-view.js';
export { topology } from './topology.js';
export { viabilityByPoles } from './viability/poles.js';
export type { Query } from './viability/query.js';
export { viabilityByRadius } from './viability/radius.js';
