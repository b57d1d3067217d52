import type { OzmapFromOutside } from '../support/ozmap-from-outside.js';
import { besides, type RestBox, type RestProperty } from '../support/plant.js';

let lastCode = 0;

/** Another vendor's integration, which sells in OZmap directly and knows nothing of our leases. */
export class ThirdParty {
  /** Codes of the clients it made. */
  readonly sold: string[] = [];
  attempts = 0;

  constructor(private readonly ozmap: OzmapFromOutside) {}

  /** One sale: home, client and drop, on the first free port unless one is named. False when OZmap has none. */
  async sell(box: RestBox, target: object = { auto_connect: true }): Promise<boolean> {
    this.attempts += 1;
    lastCode += 1;
    const code = `OTHER-${lastCode}`;
    const { lat, lng } = besides(box);
    const response = await fetch(`${this.ozmap.url}/api/v2/properties`, {
      method: 'POST',
      headers: { authorization: 'demo', 'content-type': 'application/json' },
      body: JSON.stringify({ box: box.id, coords: [lng, lat], client: { code }, ...target }),
    });
    await response.arrayBuffer();
    if (response.status === 409) return false;
    if (!response.ok) throw new Error(`the third party's sale: ${response.status}`);
    this.sold.push(code);
    return true;
  }

  /** Sells again and again, with pauses, until the race is over. */
  async sellDuring(race: Promise<unknown>, box: RestBox, everyMs: number): Promise<void> {
    let over = false;
    void race.finally(() => {
      over = true;
    });
    while (!over) {
      await this.sell(box);
      await new Promise((done) => setTimeout(done, everyMs));
    }
  }

  /** Pulls the drop of a home off its port and sells the port at once. */
  async pullOut(code: string, box: RestBox): Promise<void> {
    const homes = await this.ozmap.all<RestProperty>('properties');
    const drop = homes.find(({ client }) => client?.code === code)?.drop;
    await this.ozmap.api(`cables/${drop}/fibers/disconnect`, { method: 'POST', body: {} });
    await this.sell(box);
  }
}
