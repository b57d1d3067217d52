import { describe, expect, it } from 'vitest';
import {
  assertMayUpdate,
  assertObservationExpected,
  changedFields,
  overwriteWarnings,
} from '../../src/domain/policy.js';
import { aPolicy } from '../support/a-policy.js';

const current = { name: 'Casa 1', observation: 'ligar antes' };

describe('assertMayUpdate', () => {
  it('names every field that policy disables, and only those that were sent', () => {
    const policy = aPolicy({ updateClientName: false, updateClientObservation: false });
    expect(() => assertMayUpdate({ name: 'x', observation: null }, policy)).toThrow(
      expect.objectContaining({ reason: 'POLICY_DISABLED', details: [{ field: 'name' }, { field: 'observation' }] }),
    );
    expect(() => assertMayUpdate({}, policy)).not.toThrow();
    expect(() => assertMayUpdate({ observation: 'x' }, aPolicy({ updateClientName: false }))).not.toThrow();
    expect(() => assertMayUpdate({ observation: 'x' }, aPolicy({ updateClientObservation: false }))).toThrow();
    expect(() => assertMayUpdate({ name: null }, aPolicy({ updateClientObservation: false }))).not.toThrow();
  });
});

describe('assertObservationExpected', () => {
  it('refuses when something else stands there', () => {
    expect(() => assertObservationExpected({ expectedObservation: 'outra' }, current)).toThrow(
      expect.objectContaining({ reason: 'OBSERVATION_CHANGED' }),
    );
  });
  it('refuses when something stands there and nothing was expected', () => {
    expect(() => assertObservationExpected({ expectedObservation: null }, current)).toThrow(
      expect.objectContaining({ details: [{ field: 'observation', value: 'ligar antes' }] }),
    );
  });
  it('takes the expected text, nothing for nothing, and no expectation', () => {
    expect(() => assertObservationExpected({ expectedObservation: 'ligar antes' }, current)).not.toThrow();
    expect(() =>
      assertObservationExpected({ expectedObservation: null }, { ...current, observation: '' }),
    ).not.toThrow();
    expect(() => assertObservationExpected({ observation: 'x' }, current)).not.toThrow();
  });
});

describe('changedFields', () => {
  it('clears by null and leaves by absence', () => {
    expect(changedFields({ observation: null }, current)).toEqual({ observation: null });
    expect(changedFields({}, current)).toEqual({});
  });
  it('leaves out what stands there already', () => {
    expect(changedFields({ name: 'Casa 1', observation: 'nova' }, current)).toEqual({ observation: 'nova' });
    expect(changedFields({ name: null }, { ...current, name: '' })).toEqual({});
  });
});

describe('overwriteWarnings', () => {
  it('warns when a text goes that the caller never mentioned', () => {
    expect(overwriteWarnings({ observation: 'nova' }, current)).toEqual(['OBSERVATION_OVERWRITTEN']);
    expect(overwriteWarnings({ observation: null }, current)).toEqual(['OBSERVATION_OVERWRITTEN']);
  });
  it('does not when it was expected, was empty, or stays', () => {
    expect(overwriteWarnings({ observation: 'nova', expectedObservation: 'ligar antes' }, current)).toEqual([]);
    expect(overwriteWarnings({ observation: 'nova' }, { ...current, observation: null })).toEqual([]);
    expect(overwriteWarnings({ observation: 'ligar antes' }, current)).toEqual([]);
  });
});
