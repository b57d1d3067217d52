import type { Page } from 'playwright-core';

interface LatLng {
  lat: number;
  lng: number;
}

/** What the map shows, as it tells itself. */
export async function viewOf(page: Page): Promise<LatLng & { zoom: number }> {
  const canvas = page.locator('.map-canvas[data-view]');
  await canvas.waitFor();
  const [lat = 0, lng = 0, zoom = 0] = ((await canvas.getAttribute('data-view')) ?? '').split(',').map(Number);
  return { lat, lng, zoom };
}

/** Where a place of the map stands on the screen right now, by the view that the map tells. */
export async function pixelOf(page: Page, place: LatLng): Promise<{ x: number; y: number }> {
  return (await projectionOf(page))(place);
}

/** The same for many places. */
export async function projectionOf(page: Page): Promise<(place: LatLng) => { x: number; y: number }> {
  const { lat, lng, zoom } = await viewOf(page);
  const box = await page.locator('.map-canvas').boundingBox();
  if (!box) throw new Error('the map is not on screen');
  const center = mercator({ lat, lng }, zoom);
  return (place) => {
    const point = mercator(place, zoom);
    return { x: box.x + box.width / 2 + point.x - center.x, y: box.y + box.height / 2 + point.y - center.y };
  };
}

/** Clicks on a place of the map. */
export async function clickAt(page: Page, place: LatLng): Promise<void> {
  const { x, y } = await pixelOf(page, place);
  await page.mouse.click(x, y);
}

function mercator({ lat, lng }: LatLng, zoom: number): { x: number; y: number } {
  const size = 512 * 2 ** zoom;
  const sin = Math.sin((lat * Math.PI) / 180);
  return {
    x: size * (lng / 360 + 0.5),
    y: size * (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)),
  };
}
