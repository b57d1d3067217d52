import { describe, expect, it } from 'vitest';
import { saysCodeInUse, saysDropTooLong } from '../../../src/commands/kit/refused-write.js';

describe('OZmap’s refusals', () => {
  it.each([
    'Já existe um cliente com o código 123',
    'Client code already exists',
    'Código já cadastrado',
    'E11000 duplicate key error collection: ozmap.clients index: code_1',
  ])('say that a code is in use: %s', (text) => expect(saysCodeInUse(text)).toBe(true));
  it.each(['A porta 3 está ocupada pelo cliente 123', 'Postal code is invalid', undefined, ''])(
    'say nothing about the code: %s',
    (text) => expect(saysCodeInUse(text)).toBe(false),
  );
  it('say that a drop is too long', () => {
    expect(saysDropTooLong('Drop longo demais: 231 m, e o limite é 200 m')).toBe(true);
    expect(saysDropTooLong('A caixa não tem porta livre')).toBe(false);
  });
});
