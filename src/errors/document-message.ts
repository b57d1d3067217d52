/*
 * graphql-js writes into its messages whatever it stumbled over: names, literals, the values of variables. A caller's log, or a router's,
 * is no place for a customer's data. So its messages are read for what they say about the *schema*, and said anew.
 */

type Rule = [pattern: RegExp, say: (names: string[]) => string];

const NAME = String.raw`"([\w.]+)"`;
const TYPE = String.raw`"([\w![\]]+)"`;

const RULES: Rule[] = [
  [/^Syntax Error: Document contains/, () => 'The document has too many tokens.'],
  [/^Syntax Error/, () => 'The document is not valid GraphQL.'],
  [new RegExp(`^Cannot query field ${NAME} on type ${NAME}`), ([, type]) => `There is no such field on type ${type}.`],
  [new RegExp(`^Unknown argument ${NAME} on field ${NAME}`), ([, field]) => `There is no such argument on ${field}.`],
  [/^Unknown (type|directive|fragment|operation)/, ([kind]) => `Unknown ${kind}.`],
  [
    new RegExp(`^Field ${NAME} of type ${TYPE} must have a selection`),
    ([field]) => `${field} needs a selection of its fields.`,
  ],
  [new RegExp(`^Field ${NAME} must not have a selection`), ([field]) => `${field} has no fields to select.`],
  [
    new RegExp(`^Field ${NAME} argument ${NAME} of type ${TYPE} is required`),
    ([f, a, t]) => `${f} needs its argument ${a}: ${t}.`,
  ],
  [
    new RegExp(`Field ${NAME} of required type ${TYPE} was not provided\\.$`),
    ([f, t]) => `The input field ${f}: ${t} is missing.`,
  ],
  [
    new RegExp(`Field "[^"]*" is not defined by type ${NAME}`),
    ([type]) => `There is no such field on input type ${type}.`,
  ],
  [new RegExp(`of required type ${TYPE} was not provided\\.$`), ([type]) => `A variable of type ${type} is missing.`],
  [new RegExp(`of non-null type ${TYPE} must not be null\\.$`), ([type]) => `A value of type ${type} may not be null.`],
  [
    new RegExp(`Expected non-nullable type ${TYPE} not to be null\\.$`),
    ([type]) => `A value of type ${type} may not be null.`,
  ],
  [new RegExp(`Expected value of type ${TYPE}, found `), ([type]) => `A value of type ${type} is expected.`],
  [new RegExp(`Expected type ${TYPE}`), ([type]) => `A value of type ${type} is expected.`],
  [/does not exist in "(\w+)" enum/, ([type]) => `There is no such value in the enum ${type}.`],
  [/Enum "(\w+)" cannot represent/, ([type]) => `There is no such value in the enum ${type}.`],
  [/\b(Int|Float|String|Boolean|ID|DateTimeISO) cannot represent/, ([type]) => `A value of type ${type} is expected.`],
  [/^GraphQL introspection is not allowed/, () => 'Introspection is switched off here.'],
  [/^GET requests only support query operations/, () => 'GET takes queries only.'],
  [/^Operation batching disabled/, () => 'One operation per request.'],
  [/^Must provide operation name/, () => 'The document has several operations: name one.'],
  [/^GraphQL operations must contain a non-empty/, () => 'The request has no `query`.'],
  [/^provided sha does not match/, () => 'The hash is not that of the document.'],
];

const FALLBACK = 'The request does not fit the schema.';

/** Says what is wrong with a document or its variables without repeating any of it. `isKnown` distinguishes the schema's own names from the caller's. */
export function documentMessage(message: string, isKnown: (name: string) => boolean): string {
  for (const [pattern, say] of RULES) {
    const found = pattern.exec(message);
    if (!found) continue;
    const names = found.slice(1).map((name) => (isNameOfSchema(name, isKnown) ? name : '…'));
    return say(names);
  }
  return FALLBACK;
}

/** Words of the rules themselves (`type`, `directive`), and names or types that the schema knows (`Query.box`, `[ID!]!`). */
function isNameOfSchema(name: string, isKnown: (name: string) => boolean): boolean {
  if (['type', 'directive', 'fragment', 'operation'].includes(name)) return true;
  return name
    .replace(/[[\]!]/g, '')
    .split('.')
    .every(isKnown);
}
