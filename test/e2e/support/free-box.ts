import type { Page } from 'playwright-core';
import type { OpenOptions, Stage } from './open-page.js';
import { shown } from './plant.js';

/** The page, looking at the place of a box that sells. */
export async function atFreeBox(
  stage: Stage,
  options?: OpenOptions,
): Promise<{ page: Page; row: ReturnType<Page['getByRole']>; boxId: string; name: string }> {
  const { lat, lng, id, name } = shown(stage.plant, 'freeBox');
  const page = await stage.enter(`?lat=${lat - 0.0001}&lng=${lng}`, options);
  const row = page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });
  await row.waitFor();
  return { page, row, boxId: id, name };
}
