import type { EffectContext } from './context.js';

/** Asks the device where it is; GPS in a street is good for 5–30 m, and its own estimate comes along. */
export function locateDevice({ store }: EffectContext, whenFound: () => void): void {
  if (!('geolocation' in navigator)) {
    store.dispatch({ type: 'search.status', status: 'gps-failed' });
    return;
  }
  store.dispatch({ type: 'search.status', status: 'locating' });
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const accuracyM = Math.max(1, Math.round(coords.accuracy));
      const to = { lat: coords.latitude, lng: coords.longitude, accuracyM, source: 'gps' as const };
      store.dispatch({ type: 'position.moved', to });
      whenFound();
    },
    (error) => {
      const status = error.code === error.PERMISSION_DENIED ? 'gps-denied' : 'gps-failed';
      store.dispatch({ type: 'search.status', status });
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 5_000 },
  );
}
