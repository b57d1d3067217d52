import { describe, expect, it } from 'vitest';
import { createCircuit } from '../../src/ozmap/circuit.js';
import { failureOf } from '../support/failure-of.js';
import { FakePlant } from '../support/fake-plant.js';

describe('The circuit in front of OZmap', () => {
  it('asks a dead OZmap no more, and trusts it again once one request gets through', async () => {
    const plant = new FakePlant();
    const changes: boolean[] = [];
    const circuit = createCircuit({ failures: 3, pauseMs: 100, onChange: (open) => changes.push(open) });
    const guarded = circuit.guard(plant, (name) => name === 'read');
    plant.away = true;
    for (let i = 0; i < 10; i += 1)
      expect(await failureOf(guarded.read(() => 1))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(plant.reads).toBe(3);
    expect(circuit.isOpen()).toBe(true);
    plant.away = false;
    const write = guarded.write('PATCH', 'x', () => {});
    expect(write).toMatchObject({ method: 'PATCH', path: 'x' });
    expect(await failureOf(write.send())).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(plant.log).toEqual([]);
    await new Promise((done) => setTimeout(done, 120));
    expect(await guarded.read(() => 1)).toBe(1);
    await write.send();
    expect(plant.log).toEqual(['PATCH x']);
    expect(changes).toEqual([true, false]);
  });

  it('takes refusals for signs of life', async () => {
    const plant = new FakePlant();
    const circuit = createCircuit({ failures: 2 });
    const guarded = circuit.guard(plant, (name) => name === 'read');
    plant.next('refuse', 'refuse', 'refuse');
    for (let i = 0; i < 3; i += 1) await failureOf(guarded.write('PATCH', 'x', () => {}).send());
    expect(circuit.isOpen()).toBe(false);
  });
});
