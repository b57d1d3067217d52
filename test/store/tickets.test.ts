import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, type Place } from '../support/journal-engines.js';
import { openJournal, type TestJournal } from '../support/open-journal.js';

describe.each(engines)('Tickets of the map page on $name', (engine) => {
  let place: Place;
  let journal: TestJournal;
  beforeAll(async () => {
    place = await engine.place();
    journal = await openJournal(place);
  });
  afterAll(async () => {
    await journal?.stop();
    await place?.remove();
  });

  it('are used by one of many, and stay used', async () => {
    const end = new Date(Date.now() + 900_000);
    const uses = await Promise.all(Array.from({ length: 10 }, () => journal.consumeTicket('t1', end)));
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await journal.consumeTicket('t1', end)).toBe(false);
    expect(await journal.consumeTicket('t2', end)).toBe(true);
  });
});
