import type DataLoader from 'dataloader';
import type { Ozmap, Splitter } from '../../ozmap/types.js';
import { manyByKey, oneByKey } from '../batching.js';

/** Splitters by id, and by the box they are in. */
export interface SplitterLoaders {
  splitters: DataLoader<string, Splitter | null>;
  splittersByBox: DataLoader<string, Splitter[]>;
}

/** Loaders of splitters. */
export function createSplitterLoaders(ozmap: Ozmap): SplitterLoaders {
  return {
    splitters: oneByKey(
      (ids) => ozmap.findSplittersByIds(ids),
      (splitter) => splitter.id,
    ),
    splittersByBox: manyByKey(
      (ids) => ozmap.findSplittersByBoxIds(ids),
      (splitter) => splitter.parentId,
    ),
  };
}
