import type { Draft } from './draft.js';

const GIVEN = [
  ...(['Ana', 'Beatriz', 'Carlos', 'Daniela', 'Eduardo', 'Fernanda', 'Gabriel', 'Helena', 'Igor', 'Juliana'] as const),
  ...([
    'Kleber',
    'Larissa',
    'Marcos',
    'Natália',
    'Otávio',
    'Patrícia',
    'Rafael',
    'Simone',
    'Tiago',
    'Vanessa',
  ] as const),
] as const;
const FAMILY = [
  ...(['Almeida', 'Barbosa', 'Cardoso', 'Dias', 'Esteves', 'Ferreira', 'Gomes', 'Henriques', 'Lima'] as const),
  ...(['Moreira', 'Nogueira', 'Oliveira', 'Pereira', 'Ribeiro', 'Santos', 'Teixeira', 'Vieira'] as const),
] as const;

/** A name that many have and nobody is meant by. */
export function personName(draft: Draft): string {
  return `${draft.pick(GIVEN)} ${draft.pick(FAMILY)} ${draft.pick(FAMILY)}`;
}

const TREES = ['Ipê', 'Jacarandá', 'Aroeira', 'Pequi', 'Sucupira', 'Jatobá', 'Cedro', 'Angico'] as const;
const WATERS = ['das Águas', 'do Lago', 'das Nascentes', 'da Serra', 'do Vale', 'dos Buritis'] as const;

/** The nth of anything that is called after trees. */
export function treeName(index: number): string {
  const round = Math.floor(index / TREES.length);
  return `${TREES[index % TREES.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}

/** The nth gated community. */
export function communityName(index: number): string {
  const round = Math.floor(index / WATERS.length);
  return `Residencial Bosque ${WATERS[index % WATERS.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}
