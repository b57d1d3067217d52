import type { Page } from 'playwright-core';
import { pixelOf } from './map.js';

/** The ring's colour in the light theme. */
const RING = { red: 0x0b, green: 0x5c, blue: 0x63 };
/** Half the side of the square that holds the ring around a lit box. */
const REACH_PX = 28;
/** What smooth edges leave of a colour, per channel. */
const TOLERANCE = 8;
/** A ring has some 300; a street's name or a box's sign none. */
const RING_PX = 100;

/** True while the map shows its ring around a place: read off the screen, since nothing else tells what a map has drawn. */
export async function isRinged(page: Page, place: { lat: number; lng: number }): Promise<boolean> {
  const { x, y } = await pixelOf(page, place);
  const clip = { x: x - REACH_PX, y: y - REACH_PX, width: 2 * REACH_PX, height: 2 * REACH_PX };
  const png = (await page.screenshot({ clip })).toString('base64');
  const count = await page.evaluate<number>(`(async () => {
    const bytes = Uint8Array.from(atob('${png}'), (c) => c.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
    const near = (at, value) => Math.abs(data[at] - value) <= ${TOLERANCE};
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (near(at, ${RING.red}) && near(at + 1, ${RING.green}) && near(at + 2, ${RING.blue})) found += 1;
    }
    return found;
  })()`);
  return count >= RING_PX;
}
