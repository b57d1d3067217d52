// What a change of the schema breaks: for callers, or for the composition with neighbours. Used by tools/schema.mjs and its test.
import { buildASTSchema, findBreakingChanges, Kind, parse, print } from 'graphql';

/**
 * Directives that a composition needs where they are, and those that take something away: from all, from us or a neighbour, from callers without a
 * right, from a contract that leaves a tag out.
 */
const NEEDED = ['key', 'shareable'];
const TAKING = ['inaccessible', 'external', 'override', 'authenticated', 'requiresScopes', 'policy', 'tag'];

/** Each thing that breaks, with its name in the schema: `Client.status`, `Query.boxes(near:)`, `ViabilityVerdict.UNKNOWN`. */
export function breakingChanges(released, current) {
  return [...forCallers(released, current), ...otherDefaults(released, current), ...forCompositions(released, current)];
}

/** Those that the newest version's "Breaking" in the changelog does not name in backticks. */
export function unannounced(changes, changelog) {
  const [, newest = ''] = changelog.split(/^## /m);
  const [, breaking = ''] = newest.split(/^### Breaking$/m);
  const [announced] = breaking.split(/^#{1,3} /m);
  return changes.filter(({ name }) => !announced.includes(`\`${name}\``));
}

function forCallers(released, current) {
  const [before, after] = [released, current].map((sdl) => buildASTSchema(parse(sdl), { assumeValidSDL: true }));
  return findBreakingChanges(before, after)
    .filter(({ type }) => !type.startsWith('DIRECTIVE_'))
    .map(({ description }) => ({ name: nameIn(description), description }));
}

/** Who leaves an argument or a field of an input away asks for something else from now on. */
function otherDefaults(released, current) {
  const [before, after] = [released, current].map(defaultsOf);
  return [...before]
    .filter(([name, value]) => after.has(name) && after.get(name) !== value)
    .map(([name, value]) => ({
      name,
      description: `${name} has the default ${after.get(name) ?? 'none'}, and had ${value ?? 'none'}.`,
    }));
}

/** The default of every argument and input field as it is written; null: it has none. */
function defaultsOf(sdl) {
  const written = ({ defaultValue }) => (defaultValue ? print(defaultValue) : null);
  const inputs = placesIn(sdl).filter(([, { kind }]) => kind === Kind.INPUT_VALUE_DEFINITION);
  return new Map(inputs.map(([at, node]) => [at, written(node)]));
}

/** graphql-js names what it is about in a sentence only. */
function nameIn(description) {
  const [, argument, field] = description.match(/^A required arg (\w+) on (\w+\.\w+)/) ?? [];
  if (argument) return `${field}(${argument}:)`;
  const [, added, input] = description.match(/^A required field (\w+) on input type (\w+)/) ?? [];
  if (added) return `${input}.${added}`;
  const [, member, group] = description.match(/^(\w+) was removed from (?:enum|union) type (\w+)/) ?? [];
  if (member) return `${group}.${member}`;
  const [, subject, changed] = description.match(/^(\w+(?:\.\w+)?)(?: arg (\w+))?/) ?? [];
  return changed ? `${subject}(${changed}:)` : (subject ?? description);
}

function forCompositions(released, current) {
  const [before, after] = [released, current].map(directivesOf);
  const removed = [...before]
    .filter(([use, { name, exists }]) => NEEDED.includes(name) && !after.has(use) && exists(current))
    .map(([, { at, text }]) => ({ name: at, description: `${at} lost ${text}.` }));
  const taken = [...after]
    .filter(([use, { name, exists }]) => TAKING.includes(name) && !before.has(use) && exists(released))
    .map(([, { at, text }]) => ({ name: at, description: `${at} became ${text}.` }));
  return [...removed, ...taken];
}

/** Every directive on a type or field. What is removed as a whole is told once, by its own name. */
function directivesOf(sdl) {
  const uses = new Map();
  const note = (at, node) => {
    for (const { name, arguments: given = [] } of node.directives ?? []) {
      const args = given.map((argument) => `${argument.name.value}: ${JSON.stringify(plain(argument.value))}`);
      const text = `@${name.value}${args.length > 0 ? `(${args.sort().join(', ')})` : ''}`;
      uses.set(`${at} ${text}`, { at, name: name.value, text, exists: (other) => namesIn(other).has(at) });
    }
  };
  for (const [at, node] of placesIn(sdl)) note(at, node);
  return uses;
}

function plain(value) {
  if (value.kind === Kind.LIST) return value.values.map(plain);
  return value.kind === Kind.STRING ? value.value.trim().split(/\s+/).join(' ') : (value.value ?? value.kind);
}

function placesIn(sdl) {
  return parse(sdl).definitions.flatMap((node) =>
    'name' in node && node.name && node.kind !== Kind.DIRECTIVE_DEFINITION
      ? [
          [node.name.value, node],
          ...[...(node.fields ?? []), ...(node.values ?? [])].flatMap((member) => {
            const at = `${node.name.value}.${member.name.value}`;
            return [[at, member], ...(member.arguments ?? []).map((arg) => [`${at}(${arg.name.value}:)`, arg])];
          }),
        ]
      : [],
  );
}

function namesIn(sdl) {
  return new Set(placesIn(sdl).map(([at]) => at));
}
