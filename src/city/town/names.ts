/** Neighbourhoods of the generated town, row by row from the south-west. */
export const NEIGHBOURHOODS = [
  'Centro',
  'Jardim das Acácias',
  'Vila Nova',
  'Bela Vista',
  'Santa Luzia',
  'São José do Cercado',
] as const;

/** Avenues that run south to north, from the west. */
export const AVENUES_NORTH = [
  'Avenida Brasil',
  'Avenida Getúlio Vargas',
  'Avenida dos Bandeirantes',
  'Avenida Beira Rio',
] as const;

/** Avenues that run west to east, from the south. */
export const AVENUES_EAST = ['Avenida Amazonas', 'Avenida Santos Dumont', 'Avenida Contorno Norte'] as const;

/** Streets of one neighbourhood only: eight for each, three south to north and then five west to east. */
export const STREETS: readonly (readonly string[])[] = [
  [
    'Rua Quinze de Novembro',
    'Rua Sete de Setembro',
    'Rua Tiradentes',
    'Rua Santa Edwiges',
    'Rua Coronel Fabriciano',
    'Rua Rui Barbosa',
    'Rua São João del Rei',
    'Rua Padre Eustáquio',
  ],
  [
    'Rua das Acácias',
    'Rua dos Ipês',
    'Alameda dos Jacarandás',
    'Alameda das Quaresmeiras',
    'Rua das Orquídeas',
    'Rua das Hortênsias',
    'Rua dos Manacás',
    'Rua do Girassol',
  ],
  [
    'Rua Ouro Preto',
    'Rua Diamantina',
    'Rua Mariana',
    'Rua Sabará',
    'Rua Congonhas',
    'Rua Tiradentes',
    'Rua Serro',
    'Rua Caeté',
  ],
  [
    'Rua Rio Doce',
    'Rua Paraopeba',
    'Rua Jequitinhonha',
    'Rua São Francisco',
    'Rua Tocantins',
    'Rua Araguaia',
    'Rua Rio das Velhas',
    'Rua Paranaíba',
  ],
  [
    'Rua Santa Rita de Cássia',
    'Rua Nossa Senhora da Conceição',
    'Rua São Vicente',
    'Rua Santo Antônio',
    'Rua São Pedro',
    'Rua Dom Bosco',
    'Rua Frei Caneca',
    'Rua Santa Inês',
  ],
  [
    'Rua Bem-te-vi',
    'Rua Sabiá',
    'Rua dos Canários',
    'Rua das Acácias',
    'Rua João de Barro',
    'Rua Beija-flor',
    'Rua das Andorinhas',
    'Rua Tucano',
  ],
];

/** A lane of one block in each neighbourhood, null where it has none. */
export const LANES: readonly (string | null)[] = [
  'Travessa do Mercado',
  'Travessa das Violetas',
  null,
  'Travessa Um',
  'Travessa do Rosário',
  'Travessa Um',
];

/** The square of a neighbourhood: it takes the name of the two short sides of one block. */
export const SQUARES: readonly (string | null)[] = ['Praça da Matriz', null, null, 'Praça do Coreto', null, null];

const DISTRICT = [
  ...(['Serra', 'Lagoa', 'Morro', 'Campo', 'Vale', 'Porto', 'Ribeira', 'Monte'] as const),
  ...(['Pedra', 'Mata', 'Barra', 'Várzea', 'Fonte', 'Ilha', 'Ponte', 'Horto'] as const),
] as const;
const OF = [
  ...(['Verde', 'Grande', 'Alegre', 'do Sul', 'do Norte', 'das Flores', 'das Garças', 'do Meio'] as const),
  ...(['dos Campos', 'da Cruz', 'de Cima', 'de Baixo', 'do Sol', 'da Lua', 'dos Buritis', 'da Prata'] as const),
] as const;

/** The nth district of a big city; 256 of them have names of their own. */
export function districtName(index: number): string {
  return `${DISTRICT[index % DISTRICT.length]} ${OF[Math.floor(index / DISTRICT.length) % OF.length]}`;
}
