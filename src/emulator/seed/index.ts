export { seedPlant } from './seed.js';
export { type Showcase, showcase } from './showcase.js';
