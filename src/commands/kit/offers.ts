import type { Coordinates } from '../../domain/geo.js';
import type { ViabilityAnswer } from '../../ozmap/types.js';
import type { Session } from '../session.js';

/** One viability call at an exact location, in OZmap's own mode and by its own rules: what it would sell right now. */
export async function offersAt(session: Session, location: Coordinates): Promise<ViabilityAnswer> {
  const { viabilityMode } = await session.systemConfig('now');
  const query = { location: { lat: location.lat, lng: location.lng } };
  return viabilityMode === 'poles' ? session.ozmap.viabilityByPoles(query) : session.ozmap.viabilityByRadius(query);
}
