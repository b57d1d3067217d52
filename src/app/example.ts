import type { City } from '../city/city.js';
import type { ViabilityService } from '../graph/viability/viability.service.js';

/** How many addresses are tried before any will do. */
const ATTEMPTS = 12;

/** An address of the city at hand that can be served, for the line that a newcomer pastes. Null for a city without numbered doors. */
export async function exampleAddress(city: City, viability: ViabilityService): Promise<string | null> {
  const doors = city.addresses.filter((door) => door.number !== null);
  const step = Math.max(1, Math.floor(doors.length / ATTEMPTS));
  let first: string | null = null;
  for (let index = Math.floor(step / 2); index < doors.length; index += step) {
    const door = doors[index];
    if (!door) break;
    const address = `${door.street}, ${door.number}`;
    first ??= address;
    const answer = await viability.check({ address: { text: address } }).catch(() => null);
    if (answer?.viable) return address;
  }
  return first;
}
