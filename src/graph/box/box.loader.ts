import type DataLoader from 'dataloader';
import type { Box, BoxType, Building, Ozmap } from '../../ozmap/types.js';
import { oneByKey } from '../batching.js';

/** Boxes, their types, and buildings, by id. */
export interface BoxLoaders {
  boxes: DataLoader<string, Box | null>;
  boxTypes: DataLoader<string, BoxType | null>;
  buildings: DataLoader<string, Building | null>;
}

/** Loaders of boxes and buildings. */
export function createBoxLoaders(ozmap: Ozmap): BoxLoaders {
  return {
    boxes: oneByKey(
      (ids) => ozmap.findBoxesByIds(ids),
      (box) => box.id,
    ),
    boxTypes: oneByKey(
      (ids) => ozmap.findBoxTypesByIds(ids),
      (type) => type.id,
    ),
    buildings: oneByKey(
      (ids) => ozmap.findBuildingsByIds(ids),
      (building) => building.id,
    ),
  };
}
