import { troubleText } from '../../shared/i18n/trouble-text.js';
import type { LoggedOperation, LoggedProblem, LoggedStep } from '../operations.js';
import type { Words } from './words.js';

/** The actor of what the integration does by itself. */
const SYSTEM = 'system';

/** `Reserva de porta do contrato 900001`. */
export function subjectOf(words: Words, { action, contractCode }: LoggedOperation): string {
  const key = `action.${action}`;
  const name = words.has(key) ? words.say(key) : words.say('action.other', { action });
  return contractCode === null ? name : words.say('line.ofContract', { action: name, code: contractCode });
}

/** `por demo (maria)`. */
export function byWhom(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.say('line.bySystem') : words.say('line.by', { actor: personOf(operation) });
}

export function actorName(words: Words, operation: LoggedOperation): string {
  return operation.actor === SYSTEM ? words.say('detail.system') : personOf(operation);
}

/** `api-cnt (maria)`: the token's owner, then the person in CNT, whose name cannot leave its brackets. */
export function personOf({ actor, cntUser }: { actor: string; cntUser: string | null }): string {
  return cntUser === null ? actor : `${actor} (${cntUser.replace(/[()[\],]+/g, ' ').trim()})`;
}

/** `Reserva de porta do contrato 900001: feita`, to be said aloud. */
export function headline(words: Words, operation: LoggedOperation): string {
  return `${subjectOf(words, operation)}: ${words.say(`state.${operation.state}`)}`;
}

/** Why an operation did not do what was asked. OZmap's own words are listed below it, as a fact of their own. */
export function problemText(words: Words, { code, reason, message, details }: LoggedProblem): string {
  return troubleText(words.i18n, { code, reason, message, details: details.filter(({ field }) => field !== 'ozmap') });
}

/** What a value of a problem is called; what we do not know as it is. */
export function fieldText(words: Words, field: string): string {
  const key = `field.${field}`;
  return words.has(key) ? words.say(key) : field;
}

/** What a step came to, in words; what we do not know as it is. */
export function outcomeText(words: Words, outcome: string): string {
  const key = `outcome.${outcome}`;
  return words.has(key) ? words.say(key) : outcome;
}

const THINGS: Readonly<Record<string, string>> = {
  properties: 'property',
  'ftth-clients': 'client',
  drops: 'drop',
  prospects: 'prospect',
};
const DEEDS: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'change', PUT: 'change', DELETE: 'delete' };

/** `Criar o imóvel`, from method and path of a step. */
export function writeText(words: Words, { method, path }: Pick<LoggedStep, 'method' | 'path'>): string {
  const segments = (path.split('?')[0] ?? '').split('/').filter(Boolean);
  const [first = ''] = segments;
  const last = segments.at(-1);
  if (last === 'disconnect') return words.say(first === 'cables' ? 'write.disconnectDrop' : 'write.disconnect');
  if (last === 'connect') return words.say('write.connect');
  const key = `write.${DEEDS[method]}.${THINGS[first]}`;
  return words.say(words.has(key) ? key : 'write.other');
}
