import { isUtf8 } from 'node:buffer';
import { MIMEType, promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BadUserInputError, LimitExceededError } from '../errors/app-error.js';

/** How bodies are read. */
export interface BodyOptions {
  /** A body at most, unpacked. */
  bodyBytes: number;
  /** Whether OZmap accepts the token that a request brings. Errors: RATE_LIMITED. */
  isAccepted(request: FastifyRequest): Promise<boolean>;
  /** Whether a form that names no charset may be Latin-1, as a browser sends that of a page in Latin-1. */
  guessCharset?: boolean;
}

/** What is read, unpacked, of somebody whom OZmap does not know: a megabyte of JSON can take 60 ms, and 1 kB of gzip can become that. */
const STRANGER_BYTES = 65_536;

/** A body that came in a form that is not read here. */
export class UnreadableBodyError extends BadUserInputError {
  constructor(
    readonly status: 400 | 415,
    field: 'content-type' | 'content-encoding' | 'body' | 'query',
    readonly headers: Record<string, string> = {},
  ) {
    super(`the ${field} cannot be read`, [{ field }]);
  }
}

/**
 * Reads JSON, and nothing else: in UTF-8, or in the Latin-1 that an older ERP writes where `charset` says so; plain, or packed by gzip.
 * Text is decoded strictly, so that no letter of a name or a code becomes U+FFFD.
 * Errors: BAD_USER_INPUT (400 not what it says it is, 415 another charset or encoding) · LIMIT_EXCEEDED (`bodyBytes`).
 */
export function takeJsonBodies(app: FastifyInstance, options: BodyOptions): void {
  app.addHook('preParsing', async (request, reply) => {
    const length = Number(request.headers['content-length'] ?? 0);
    const most = Math.min(options.bodyBytes, STRANGER_BYTES);
    if (length <= most || length > options.bodyBytes || (await options.isAccepted(request))) return;
    // Even to receive a megabyte takes time that others wait for: it is left unread.
    reply.header('connection', 'close');
    throw new LimitExceededError('bodyBytes', most, length);
  });
  app.removeAllContentTypeParsers();
  addJson(app, (request, raw) => textOf(request, raw, options));
}

function addJson(app: FastifyInstance, read: (request: FastifyRequest, raw: Buffer) => Promise<string>): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, raw, done) => {
    read(request, raw as Buffer).then(
      (text) => parse(request, text, done),
      (error: Error) => done(error),
    );
  });
}

const FORM_TYPE = 'application/x-www-form-urlencoded';
const PARTS_TYPE = 'multipart/form-data';

/**
 * Reads forms as well, in the same charsets, also in parts, as curl and PHP send a list of fields; a name that comes twice, and a file, is refused.
 * Who names JSON and sends nothing, as programs do with every request, has sent no field. Errors: as above.
 */
export function takeForms(app: FastifyInstance, options: BodyOptions): void {
  app.removeContentTypeParser('application/json');
  addJson(app, async (request, raw) => (raw.length === 0 ? '{}' : textOf(request, raw, options)));
  for (const [form, read] of Object.entries({ [FORM_TYPE]: formOf, [PARTS_TYPE]: partsOf }))
    app.addContentTypeParser(form, { parseAs: 'buffer' }, async (request: FastifyRequest, raw: Buffer) => {
      const { 'content-type': type = '' } = request.headers;
      const bytes = await unpacked(request, raw, options);
      try {
        return await read(bytes, charsetOf(type), 'body', type);
      } catch (error) {
        if (!options.guessCharset || /charset/i.test(type)) throw error;
        return await read(bytes, 'windows-1252', 'body', type);
      }
    });
}

type Charset = keyof typeof DECODERS;

/** `type`: with the boundary of the parts. Errors: BAD_USER_INPUT. */
async function partsOf(bytes: Buffer, charset: Charset, field: 'body', type: string): Promise<Record<string, string>> {
  // Node's own reader takes everything for UTF-8: it is given each byte as a character, and gives them back.
  const body = Buffer.from(bytes.toString('latin1'), 'utf8');
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new UnreadableBodyError(400, field);
  });
  const text = (value: unknown) => {
    if (typeof value !== 'string') throw new UnreadableBodyError(400, field);
    return decoded(Buffer.from(value, 'latin1'), charset, field);
  };
  const pairs = [...form].map(([name, value]) => [text(name), text(value)] as const);
  return onlyOnce(pairs, field);
}

/** What stands behind the question mark, in UTF-8, or in the charset that the request names for a form. Errors: BAD_USER_INPUT. */
export function queryOf({ url, headers }: FastifyRequest): Record<string, string> {
  const [, query = ''] = /\?(.*)$/s.exec(url) ?? [];
  return formOf(Buffer.from(query), charsetOf(headers['content-type'] ?? FORM_TYPE), 'query');
}

function formOf(bytes: Buffer, charset: Charset, field: 'body' | 'query'): Record<string, string> {
  // Each byte a character, so that what `%E9` stands for is decoded together with what was not escaped.
  const text = (escaped: string) => {
    const plain = escaped
      .replaceAll('+', ' ')
      .replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return decoded(Buffer.from(plain, 'latin1'), charset, field);
  };
  const pairs = bytes
    .toString('latin1')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? ([text(pair), ''] as const) : ([text(pair.slice(0, at)), text(pair.slice(at + 1))] as const);
    });
  return onlyOnce(pairs, field);
}

/** Errors: BAD_USER_INPUT (a name twice). */
function onlyOnce(pairs: (readonly [string, string])[], field: 'body' | 'query'): Record<string, string> {
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new UnreadableBodyError(400, field);
  return Object.fromEntries(pairs);
}

async function textOf(request: FastifyRequest, raw: Buffer, options: BodyOptions): Promise<string> {
  const charset = charsetOf(request.headers['content-type'] ?? '');
  return decoded(await unpacked(request, raw, options), charset);
}

/** As nearly every request has it: the whole grammar of types and charsets need not be read for it. */
const USUAL_TYPE = /^application\/json(; ?charset=utf-8)?$/i;

/** Errors: BAD_USER_INPUT (415). */
function charsetOf(contentType: string): Charset {
  if (USUAL_TYPE.test(contentType)) return 'utf-8';
  try {
    // By the names that browsers know: `iso-8859-1` and `latin1` are windows-1252, which has all of it.
    const { encoding } = new TextDecoder(new MIMEType(contentType).params.get('charset') ?? 'utf-8');
    if (encoding === 'utf-8' || encoding === 'windows-1252') return encoding;
  } catch {
    // Not a name of any charset.
  }
  throw new UnreadableBodyError(415, 'content-type');
}

/** Of what begins with it, a decoder leaves it out. */
const BYTE_ORDER_MARK = 0xef;
const DECODERS = {
  'utf-8': new TextDecoder('utf-8', { fatal: true }),
  'windows-1252': new TextDecoder('windows-1252', { fatal: true }),
};

/** Errors: BAD_USER_INPUT (400). */
function decoded(bytes: Uint8Array, charset: Charset, field: 'body' | 'query' = 'body'): string {
  // A decoder costs ten times as much.
  if (charset === 'utf-8' && bytes[0] !== BYTE_ORDER_MARK && isUtf8(bytes))
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  try {
    return DECODERS[charset].decode(bytes);
  } catch {
    throw new UnreadableBodyError(400, field);
  }
}

const unzip = promisify(gunzip);

/** Errors: BAD_USER_INPUT (415 another encoding or several, 400 not gzip) · LIMIT_EXCEEDED. */
async function unpacked(request: FastifyRequest, raw: Buffer, { bodyBytes, isAccepted }: BodyOptions): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const isPlain = encoding === 'identity';
  if (isPlain && raw.length <= STRANGER_BYTES) return raw;
  if (!isPlain && encoding !== 'gzip' && encoding !== 'x-gzip')
    throw new UnreadableBodyError(415, 'content-encoding', { 'accept-encoding': 'gzip' });
  const most = (await isAccepted(request)) ? bodyBytes : Math.min(bodyBytes, STRANGER_BYTES);
  if (isPlain && raw.length > most) throw new LimitExceededError('bodyBytes', most, raw.length);
  if (isPlain) return raw;
  try {
    return await unzip(raw, { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new LimitExceededError('bodyBytes', most, most + 1);
    throw new UnreadableBodyError(400, 'body');
  }
}

/** Errors: BAD_USER_INPUT (an address with parameters in another encoding, as `%E9`). */
export function assertUtf8(address: string): void {
  try {
    decodeURIComponent(address);
  } catch {
    throw new UnreadableBodyError(400, 'query');
  }
}
