import { createHash, randomBytes } from 'node:crypto';
import type { UserRecord } from '../records.js';
import { type Caller, Refused } from '../resource.js';
import type { Reader } from '../store/store.js';

/** More than a demo ever opens; the oldest session makes room. */
const MAX_SESSIONS = 1_000;

/** The module that a user needs for a key to work (inferred: the help pages ask for it, no answer without it was seen). */
const API_MODULE = 'API';

/** Who is behind a token: the users' API keys, and sessions opened by login, which end with the process. */
export class Accounts {
  private readonly sessions = new Map<string, string>();

  constructor(private readonly reader: Reader) {}

  /** Opens a session. Errors: 401 for anything but a user name (or e-mail) with its password. */
  login(body: unknown): string {
    const { login, password } = (body ?? {}) as { login?: unknown; password?: unknown };
    const user = typeof login === 'string' ? this.userNamed(login) : undefined;
    if (!user || typeof password !== 'string' || !isPasswordOf(user, password)) {
      throw new Refused(401, 'Usuário ou senha inválidos');
    }
    const token = randomBytes(24).toString('base64url');
    const oldest = this.sessions.size >= MAX_SESSIONS ? this.sessions.keys().next() : undefined;
    if (oldest && !oldest.done) this.sessions.delete(oldest.value);
    this.sessions.set(token, user.id);
    return token;
  }

  /** The caller behind an `Authorization` header, bare or with `Bearer`. Errors: 401 unknown, 403 without the API module. */
  caller(authorization: string | undefined): Caller {
    const token = (authorization ?? '').trim().replace(/^Bearer\s+/i, '');
    const user = token === '' ? undefined : this.userOf(token);
    if (!user) throw new Refused(401, 'Chave inválida ou expirada');
    if (!user.resources.includes(API_MODULE)) throw new Refused(403, 'O usuário não tem o módulo API');
    return callerOf(user, this.reader);
  }

  private userOf(token: string): UserRecord | undefined {
    const id = this.sessions.get(token);
    return id === undefined ? this.reader.where('users', 'apiKey', token)[0] : this.reader.get('users', id);
  }

  private userNamed(login: string): UserRecord | undefined {
    const [named] = this.reader.where('users', 'username', login);
    return named ?? [...this.reader.all('users')].find(({ email }) => email === login);
  }
}

/** What a user may see: everything, or the projects granted to him. */
export function callerOf(user: UserRecord, reader: Reader): Caller {
  const granted = new Set(user.projects.map(({ project }) => project));
  return {
    user,
    role: reader.get('roles', user.role),
    sees: (projectId) => user.allProjects || granted.has(projectId),
  };
}

/** Older clients create users with the SHA-256 of the password, others with the password; all log in with the password. */
function isPasswordOf(user: UserRecord, password: string): boolean {
  return user.password === password || user.password === createHash('sha256').update(password).digest('hex');
}
