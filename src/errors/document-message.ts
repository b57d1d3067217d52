import type { Language } from './sentences/sentence-for.js';

/*
 * graphql-js writes into its messages whatever it stumbled over: names, literals, the values of variables. A caller's log, or a router's,
 * is no place for a customer's data. So its messages are read for what they say about the *schema*, and said anew, in the caller's language.
 */

const NAME = String.raw`"([\w.]+)"`;
const TYPE = String.raw`"([\w![\]]+)"`;
const pattern = (text: string) => new RegExp(text);

/** What graphql-js says · in Portuguese · in English; `$1` is the first name that is found, whichever part of the pattern finds it. */
const RULES: readonly (readonly [RegExp, string, string])[] = [
  [/^Syntax Error: Document contains/, 'O documento tem elementos demais.', 'The document has too many tokens.'],
  [/^Syntax Error/, 'O documento não é GraphQL válido.', 'The document is not valid GraphQL.'],
  [
    pattern(`^Cannot query field ${NAME} on type ${NAME}`),
    'Não há esse campo no tipo $2.',
    'There is no such field on type $2.',
  ],
  [
    pattern(`^Unknown argument ${NAME} on field ${NAME}`),
    'Não há esse argumento em $2.',
    'There is no such argument on $2.',
  ],
  [
    /^Unknown argument .* on directive/,
    'Não há esse argumento nessa diretiva.',
    'There is no such argument on that directive.',
  ],
  [/^Unknown type/, 'O documento cita um tipo que não existe.', 'The document names a type that does not exist.'],
  [
    /^Unknown directive/,
    'O documento cita uma diretiva que não existe.',
    'The document names a directive that does not exist.',
  ],
  [
    /^Unknown fragment/,
    'O documento cita um fragmento que não define.',
    'The document names a fragment that it does not define.',
  ],
  [
    /^Unknown operation/,
    'O documento não tem a operação indicada.',
    'The document does not have the operation that is named.',
  ],
  [
    pattern(`^Field ${NAME} of type ${TYPE} must have a selection`),
    '$1 precisa de uma seleção de seus campos.',
    '$1 needs a selection of its fields.',
  ],
  [
    pattern(`^Field ${NAME} must not have a selection`),
    '$1 não tem campos a selecionar.',
    '$1 has no fields to select.',
  ],
  [
    pattern(`^Field ${NAME} argument ${NAME} of type ${TYPE} is required`),
    '$1 precisa do argumento $2: $3.',
    '$1 needs its argument $2: $3.',
  ],
  [
    pattern(`Field ${NAME} of required type ${TYPE} was not provided\\.$`),
    'Falta o campo de entrada $1: $2.',
    'The input field $1: $2 is missing.',
  ],
  [
    pattern(`Field "[^"]*" is not defined by type ${NAME}`),
    'Não há esse campo no tipo de entrada $1.',
    'There is no such field on input type $1.',
  ],
  [
    pattern(`of required type ${TYPE} was not provided\\.$`),
    'Falta uma variável do tipo $1.',
    'A variable of type $1 is missing.',
  ],
  [
    pattern(`(?:of non-null type ${TYPE} must not|Expected non-nullable type ${TYPE} not to) be null\\.$`),
    'Um valor do tipo $1 não pode ser nulo.',
    'A value of type $1 may not be null.',
  ],
  [pattern(`Expected (?:value of )?type ${TYPE}`), 'Espera-se um valor do tipo $1.', 'A value of type $1 is expected.'],
  [
    /does not exist in "(\w+)" enum|Enum "(\w+)" cannot represent/,
    'Não há esse valor no enum $1.',
    'There is no such value in the enum $1.',
  ],
  [
    /\b(Int|Float|String|Boolean|ID|DateTimeISO) cannot represent/,
    'Espera-se um valor do tipo $1.',
    'A value of type $1 is expected.',
  ],
  [
    /^Fields .* conflict because/,
    'Dois campos com o mesmo nome na resposta diferem em tipo ou argumentos; dê um alias a um deles.',
    'Two fields of the same name in the answer differ in type or arguments; give one of them an alias.',
  ],
  [
    /^Variable .* of type .* used in position expecting type "([\w![\]]+)"/,
    'Uma variável é de outro tipo que o esperado onde é usada: $1.',
    'A variable has another type than is expected where it is used: $1.',
  ],
  [
    /^Variable .* is not defined/,
    'O documento usa uma variável que não define.',
    'The document uses a variable that it does not define.',
  ],
  [
    /^(Variable|Fragment) .* is never used/,
    'O documento define uma variável ou um fragmento que não usa.',
    'The document defines a variable or a fragment that it does not use.',
  ],
  [
    /^Variable .* cannot be non-input type/,
    'Uma variável é de um tipo que não é de entrada.',
    'A variable has a type that is not an input type.',
  ],
  [
    /^Fragment .* cannot be spread here as objects of type "(\w+)"/,
    'Um fragmento não pode ser usado em $1: é de outro tipo.',
    'A fragment cannot be spread on $1: it is on another type.',
  ],
  [
    /^Fragment .*cannot condition on non composite type/,
    'Um fragmento é de um tipo sem campos.',
    'A fragment is on a type without fields.',
  ],
  [/^Cannot spread fragment .* within itself/, 'Um fragmento contém a si mesmo.', 'A fragment contains itself.'],
  [
    /^There can be only one (argument|operation|fragment|variable|input field) named/,
    'Dois elementos do documento têm o mesmo nome.',
    'Two things in the document have the same name.',
  ],
  [
    /^The directive .* can only be used once/,
    'Uma diretiva está duas vezes no mesmo lugar.',
    'A directive stands twice in one place.',
  ],
  [
    /^Directive .* may not be used on/,
    'Uma diretiva está onde não pode estar.',
    'A directive stands where it may not.',
  ],
  [
    /definition is not executable\.$/,
    'O documento define algo que não é consulta, comando nem fragmento.',
    'The document defines something that is no query, mutation or fragment.',
  ],
  [
    /^This anonymous operation must be the only/,
    'Uma operação sem nome deve ser a única do documento.',
    'An operation without a name must be the only one of its document.',
  ],
  [/^Maximum introspection depth exceeded/, 'A introspecção vai fundo demais.', 'Introspection goes too deep.'],
  [
    /^GraphQL introspection is not allowed/,
    'A introspecção está desligada aqui.',
    'Introspection is switched off here.',
  ],
  [/^GET requests only support query operations/, 'GET aceita apenas consultas.', 'GET takes queries only.'],
  [/^Operation batching disabled/, 'Uma operação por requisição.', 'One operation per request.'],
  [
    /^Must provide operation name/,
    'O documento tem várias operações: indique uma.',
    'The document has several operations: name one.',
  ],
  [/^GraphQL operations must contain a non-empty/, 'A requisição não tem `query`.', 'The request has no `query`.'],
  [/^provided sha does not match/, 'O hash não é o do documento.', 'The hash is not that of the document.'],
];

const FALLBACK = { pt: 'A requisição não combina com o esquema.', en: 'The request does not fit the schema.' };

/**
 * Says what is wrong with a document or its variables without repeating any of it. `isKnown` distinguishes the schema's own names from the
 * caller's.
 */
export function documentMessage(message: string, isKnown: (name: string) => boolean, language: Language): string {
  for (const [found, pt, en] of RULES) {
    const names = found
      .exec(message)
      ?.slice(1)
      .filter((name) => name !== undefined);
    const sentence = language === 'pt' ? pt : en;
    if (names) return sentence.replace(/\$(\d)/g, (_, n: string) => shown(names[Number(n) - 1], isKnown));
  }
  return FALLBACK[language];
}

/** A name or type that the schema knows (`Query.box`, `[ID!]!`); else dots. */
function shown(name: string | undefined, isKnown: (name: string) => boolean): string {
  const parts = name?.replace(/[[\]!]/g, '').split('.') ?? [];
  return name !== undefined && parts.every(isKnown) ? name : '…';
}
