// OZmap's official SDK in a process of its own: it is CommonJS, opens a log port when imported and writes to stdout as it likes.
// Reads one JSON command per line from stdin, answers one JSON line each on file descriptor 3, in order.
//   { token, proxy, method, args, schema }   schema: the name of an exported zod schema that each answered record must pass
//   → { value, issues } or { error: { status, message } }
process.env.OZLOGGER_HTTP = 'false';
process.env.OZLOGGER_LEVEL = 'ERROR';
const { writeSync } = require('node:fs');
const { createInterface } = require('node:readline');
const sdkModule = require('@ozmap/ozmap-sdk');

const url = process.argv[2];
const clients = new Map();

function clientOf(token) {
  if (!clients.has(token)) {
    const account = token.includes('\n')
      ? { login: token.split('\n')[0], password: token.split('\n')[1] }
      : { apiKey: token };
    clients.set(token, new sdkModule.default(url, account));
  }
  return clients.get(token);
}

/** The records in an answer: a list's rows, a bare list, or the answer itself. */
function recordsOf(value) {
  if (value === null || value === undefined || value === '') return [];
  return Array.isArray(value) ? value : Array.isArray(value.rows) ? value.rows : [value];
}

function issuesOf(schemaName, value) {
  if (!schemaName) return [];
  const schema = sdkModule[schemaName];
  if (!schema) return [`the SDK exports no ${schemaName}`];
  const issues = new Set();
  for (const record of recordsOf(value)) {
    const read = schema.safeParse(record);
    if (read.success) continue;
    for (const issue of read.error.issues)
      issues.add(`${issue.path.map((key) => (typeof key === 'number' ? '[]' : key)).join('.')}: ${issue.message}`);
  }
  return [...issues];
}

/** Every module of the SDK with the methods that send something. */
function modules() {
  const inner = new Set(['constructor', 'extractParamsFromUrl', 'login', 'client']);
  const client = clientOf('demo');
  return Object.fromEntries(
    Object.entries(client)
      .filter(([name, proxy]) => name !== 'apiInstance' && typeof proxy === 'object')
      .map(([name, proxy]) => {
        const names = new Set();
        for (let at = Object.getPrototypeOf(proxy); at !== Object.prototype; at = Object.getPrototypeOf(at))
          for (const method of Object.getOwnPropertyNames(at)) {
            const { value } = Object.getOwnPropertyDescriptor(at, method);
            if (typeof value === 'function' && !inner.has(method)) names.add(method);
          }
        return [name, [...names]];
      }),
  );
}

async function run({ token, proxy, method, args, schema }) {
  if (proxy === 'modules') return { value: modules(), issues: [] };
  try {
    const value = await clientOf(token)[proxy][method](...args);
    return { value: value ?? null, issues: issuesOf(schema, value) };
  } catch (error) {
    const refused = error ?? {};
    // What the SDK itself does not let through, in one line.
    const own = refused.issues?.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    return {
      error: {
        status: refused.status ?? null,
        message: String(own ?? refused.data?.message ?? refused.message ?? error),
      },
    };
  }
}

let queue = Promise.resolve();
createInterface({ input: process.stdin }).on('line', (line) => {
  queue = queue.then(async () => writeSync(3, `${JSON.stringify(await run(JSON.parse(line)))}\n`));
});
