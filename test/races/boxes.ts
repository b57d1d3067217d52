import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import { besides, type RestBox } from '../support/plant.js';
import type { SpawnedService } from '../support/spawn-service.js';
import { ThirdParty } from './third-party.js';

interface Offers {
  viability: { boxes: { freePorts: number; box: { id: string } }[] };
}

/** Boxes that OZmap offers beside themselves, with their free ports, one after the other. */
export class Boxes {
  private readonly all: Promise<RestBox[]>;
  private next = 0;

  constructor(
    private readonly service: SpawnedService,
    private readonly ozmap: OzmapFromOutside,
  ) {
    this.all = ozmap.all<RestBox>('boxes');
  }

  /** A box that no other call gets, sold down to this many free ports. */
  async withFreePorts(count: number): Promise<RestBox> {
    const { box, free } = await this.offered(count);
    const earlier = new ThirdParty(this.ozmap);
    for (let sale = free; sale > count; sale -= 1) await earlier.sell(box);
    return box;
  }

  /** A box that no other call gets, with at least this many free ports. */
  async offered(atLeast: number): Promise<{ box: RestBox; free: number }> {
    for (const box of (await this.all).slice(this.next)) {
      this.next += 1;
      const free = await this.freePorts(box);
      if (free >= atLeast) return { box, free };
    }
    throw new Error('the plant has no more boxes');
  }

  private async freePorts(box: RestBox): Promise<number> {
    const { data } = await this.service.query<Offers, object>(
      'query ($input: ViabilityInput!) { viability(input: $input) { boxes { freePorts box { id } } } }',
      { input: { location: besides(box) } },
    );
    return data?.viability.boxes.find((offer) => offer.box.id === box.id)?.freePorts ?? 0;
  }
}
