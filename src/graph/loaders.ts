import type { Ozmap } from '../ozmap/types.js';
import { createBoxLoaders } from './box/box.loader.js';
import { createClientLoaders } from './client/client.loader.js';
import { createProjectLoaders } from './project/project.loader.js';
import { createDropPathLoader } from './property/drop-path.loader.js';
import { createPropertyLoaders } from './property/property.loader.js';
import { createSplitterLoaders } from './splitter/splitter.loader.js';

/** Everything that one request reads by key: each kind asked for at once, nothing asked for twice. */
export type Loaders = ReturnType<typeof createLoaders>;

/** Fresh loaders over OZmap as one token sees it. What comes in by one key is remembered under the others. */
export function createLoaders(ozmap: Ozmap) {
  const clients = createClientLoaders(ozmap);
  const properties = createPropertyLoaders(ozmap, clients);
  const boxes = createBoxLoaders(ozmap);
  return {
    ...clients,
    ...properties,
    ...boxes,
    ...createSplitterLoaders(ozmap),
    ...createProjectLoaders(ozmap),
    dropPaths: createDropPathLoader(ozmap, { ...properties, ...boxes }),
  };
}
