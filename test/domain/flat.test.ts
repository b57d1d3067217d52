import { describe, expect, it } from 'vitest';
import { flatAddress, flatOf } from '../../src/domain/flat.js';

describe('The number of a flat', () => {
  it.each([
    ['Rua das Acácias, 100, apto 904', '904'],
    ['Rua das Acácias, 100 - Ap. 0904', '904'],
    ['Apartamento nº 12b, bloco 2', '12B'],
    ['Rua das Acácias, 100, Edifício Apto 7, apto 904', '904'],
    ['Rua do Mapa, 12', null],
    ['Rua Aparecida, 7', null],
  ])('of the address %j is %j', (address, flat) => {
    expect(flatOf(address)).toBe(flat);
  });

  it.each(['904', ' 904', 'Apto 904', '0904', 'ap.904'])('given as %j is the one of its address', (apartment) => {
    expect(flatOf(flatAddress('Rua A, 1', apartment))).toBe('904');
  });
});
