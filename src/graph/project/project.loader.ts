import type DataLoader from 'dataloader';
import type { Ozmap, Project } from '../../ozmap/types.js';
import { oneByKey } from '../batching.js';

/** Projects by id. */
export interface ProjectLoaders {
  projects: DataLoader<string, Project | null>;
}

/** Loader of projects: a token sees few, so all of them come with the first. */
export function createProjectLoaders(ozmap: Ozmap): ProjectLoaders {
  return {
    projects: oneByKey(
      () => ozmap.findProjects(),
      (project) => project.id,
    ),
  };
}
