import type { Page } from 'playwright-core';
import { pixelOf } from './map.js';
import type { Stage } from './open-page.js';
import { shown } from './plant.js';

interface LatLng {
  lat: number;
  lng: number;
}

/** A pole as the embedded OZmap's API shows it. */
export interface StoredPole extends LatLng {
  id: string;
}

/** Near enough at the latitude of this town. */
export const metres = (a: LatLng, b: LatLng) => Math.hypot((a.lat - b.lat) * 111_195, (a.lng - b.lng) * 104_840);

/** A box that sells, a client some way off it, and two poles between them, the client's first. */
export async function wayToBox({ plant, subgraph }: Stage) {
  const poles = await subgraph.emulator.all<StoredPole>('poles');
  const box = shown(plant, 'freeBox');
  const client = { lat: box.lat + 0.0002, lng: box.lng + 0.0004 };
  const between = poles
    .filter((pole) => metres(pole, box) > 12 && metres(pole, client) < 90)
    .sort((a, b) => metres(a, client) + metres(a, box) - metres(b, client) - metres(b, box))
    .slice(0, 2)
    .sort((a, b) => metres(a, client) - metres(b, client));
  return { poles, box, client, between };
}

/** From the list, or from a chosen box. */
export async function startDrawing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Desenhar drop' }).click();
  await page.getByRole('heading', { name: 'Desenhar o drop' }).waitFor();
  await page.getByRole('heading', { name: 'Próximo poste' }).waitFor();
}

/** Clicks each pole, a few pixels beside it: the drop snaps. */
export async function drawOver(page: Page, poles: readonly LatLng[]): Promise<void> {
  for (const [index, pole] of poles.entries()) {
    const { x, y } = await pixelOf(page, pole);
    await page.mouse.click(x + 5, y - 4);
    await page.getByText(index === 0 ? '1 poste' : `${index + 1} postes`, { exact: true }).waitFor();
  }
}

/** The poles of the drop of a home, as OZmap holds them: from the box to the home. */
export async function polesOfDrop({ subgraph }: Stage, drop: string | null | undefined): Promise<string[]> {
  const cable = await subgraph.emulator.api<{ poles: { id: string }[] }>(`cables/${drop}`);
  return cable.poles.map(({ id }) => id);
}
