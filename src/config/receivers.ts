import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { EVENT_TYPES, RECEIVER_NAME, type Receiver, receiversAt } from '../domain/events.js';
import { jsonOf } from '../domain/json.js';
import { isHttpUrl, type ReceiversChoice } from './kinds.js';
import { optionalSigningKey, reread } from './secrets.js';

const SIGNING_KEY = optionalSigningKey();
const KINDS = [...new Set(EVENT_TYPES.map((type) => `${type.split('.')[0]}.*`))];
const TYPES: ReadonlySet<string> = new Set([...EVENT_TYPES, ...KINDS]);

/** What each field of an entry takes, in words and as a rule. */
const FIELDS = {
  name: {
    takes: '1 to 40 letters, digits, ".", "_" and "-", and no name twice',
    rule: z.string().regex(RECEIVER_NAME),
  },
  url: {
    takes: 'an address that starts with https:// or http://',
    rule: z.string().refine(isHttpUrl),
  },
  secret: { takes: SIGNING_KEY.takes, rule: z.string().refine(isSigningKey).optional() },
  secretFile: { takes: 'a file that holds the secret, in place of it', rule: z.string().min(1).optional() },
  projects: {
    takes: 'a list of ids of OZmap projects, 24 hexadecimal digits each; none: all',
    rule: z
      .array(
        z
          .string()
          .regex(/^[0-9a-f]{24}$/i)
          .toLowerCase(),
      )
      .min(1)
      .optional(),
  },
  types: {
    takes: `a list of ${[...TYPES].join(', ')}; none: all`,
    rule: z
      .array(z.string().refine((type) => TYPES.has(type)))
      .min(1)
      .optional(),
  },
};
type Field = keyof typeof FIELDS;

const { name, url, secret, secretFile, projects, types } = FIELDS;
const ENTRY = z.strictObject({
  name: name.rule,
  url: url.rule,
  secret: secret.rule,
  secretFile: secretFile.rule,
  projects: projects.rule,
  types: types.rule,
});
const FILE = z.array(ENTRY).min(1);

/** Who is told of events. `files`: what that was read from, the list of receivers first; none where they were named by their addresses. */
export interface Receivers {
  receivers: readonly Receiver[];
  files: readonly string[];
}

/** The receivers of a choice. A fault says nothing of what stands in the file but names of receivers and fields. */
export function readReceivers(choice: ReceiversChoice, sharedSecret: string | null): Receivers | { fault: string } {
  if ('file' in choice) return readFile(choice.file);
  return { receivers: receiversAt(choice.urls, sharedSecret ?? ''), files: [] };
}

/** A secret file is looked for beside the file that names it. `files`: also what a wrong one depends on. */
function readFile(file: string): Receivers | { fault: string; files: readonly string[] } {
  const named = `names ${JSON.stringify(file)}`;
  const text = textOf(file);
  if (text === null) return { fault: `${named}, which cannot be read`, files: [file] };
  const json = jsonOf(text.replace(/^\uFEFF/, ''));
  const parsed = FILE.safeParse(json);
  if (!parsed.success) return { fault: `${named}, ${wrongEntries(parsed.error, json)}`, files: [file] };
  const files = [file, ...parsed.data.flatMap((entry) => (entry.secretFile ? [beside(file, entry.secretFile)] : []))];
  const read = parsed.data.map((entry, at) => receiverFrom(entry, file, parsed.data.slice(0, at)));
  const faults = read.flatMap((one, at) =>
    'fault' in one ? [entryFault(at, parsed.data[at]?.name, one.field, one.fault)] : [],
  );
  if (faults.length > 0) return { fault: `${named}, in which ${faults.join('; ')}`, files };
  return { receivers: read.flatMap((one) => ('fault' in one ? [] : [one])), files };
}

/**
 * The receivers as they are now: their file, and the files of their secrets, are read again whenever one of them changes. A file that is wrong
 * leaves the receivers of before.
 */
export function openReceivers(
  first: Receivers,
  logger: { info(facts: object, message: string): void; error(facts: object, message: string): void },
): () => readonly Receiver[] {
  const [file] = first.files;
  if (file === undefined) return () => first.receivers;
  let { files } = first;
  const current = reread(
    first,
    () => files,
    () => {
      const read = readFile(file);
      files = read.files;
      if ('fault' in read) {
        logger.error({ fault: read.fault }, 'WEBHOOK_URLS cannot be read again: its receivers of before stay');
        return null;
      }
      logger.info({ receivers: read.receivers.map(({ name }) => name) }, 'WEBHOOK_URLS was read again');
      return read;
    },
  );
  return () => current().receivers;
}

type Wrong = { fault: string; field: Field };

function receiverFrom(
  { name, url, secret, secretFile, projects, types }: z.infer<typeof ENTRY>,
  file: string,
  before: readonly { name: string }[],
): Receiver | Wrong {
  if (before.some((other) => other.name.toLowerCase() === name.toLowerCase()))
    return { field: 'name', fault: 'stands there twice' };
  if ((secret === undefined) === (secretFile === undefined))
    return { field: 'secret', fault: 'or secretFile is needed, and only one of them' };
  const key = secret ?? textOf(beside(file, secretFile ?? ''))?.trim();
  if (key === undefined) return { field: 'secretFile', fault: 'names a file that cannot be read' };
  if (!isSigningKey(key)) return { field: 'secretFile', fault: `names a file without ${FIELDS.secret.takes}` };
  return { name, key: name, url, secret: key, projectIds: projects ?? null, types: types ?? null };
}

function isSigningKey(text: string): boolean {
  return SIGNING_KEY.schema.safeParse(text).success;
}

function beside(file: string, other: string): string {
  return resolve(dirname(file), other);
}

/** Every entry that is wrong, by its place and name, each with the fields that are. */
function wrongEntries({ issues }: z.ZodError, json: unknown): string {
  if (issues.some(({ path }) => path.length === 0)) return 'which is no JSON list of one receiver or more';
  const faults = issues.map((issue) => {
    const [at, field] = issue.path;
    const entry: unknown = Array.isArray(json) ? json[Number(at)] : null;
    const name = z.object({ name: FIELDS.name.rule }).safeParse(entry).data?.name;
    if (issue.code === 'unrecognized_keys')
      return entryFault(Number(at), name, issue.keys.map(shownKey).join(', '), 'is no field');
    if (!isField(field)) return `entry ${Number(at) + 1} is no object`;
    return entryFault(Number(at), name, field, `takes ${FIELDS[field].takes}`);
  });
  return `in which ${[...new Set(faults)].join('; ')}`;
}

function entryFault(at: number, name: string | undefined, field: string, fault: string): string {
  return `entry ${at + 1}${name === undefined ? '' : ` (${name})`}: ${field} ${fault}`;
}

/** A secret that slipped into the place of a name is not shown. */
function shownKey(key: string): string {
  return /^[a-z_]{1,20}$/i.test(key) ? key : 'a key (not shown)';
}

function isField(field: unknown): field is Field {
  return typeof field === 'string' && Object.hasOwn(FIELDS, field);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
