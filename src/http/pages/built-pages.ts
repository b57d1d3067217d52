import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** A file as it is sent. */
export interface BuiltFile {
  content: Buffer;
  etag: string;
}

/** Beside the built service (dist/http/pages), and as seen from its sources (src/http/pages). */
const FOLDERS = ['../../web', '../../../dist/web'].map((folder) => join(import.meta.dirname, folder));

/** The folder that the pages were built into; null when they were not built. */
export function builtPages(): string | null {
  return FOLDERS.find((folder) => existsSync(join(folder, 'assets'))) ?? null;
}

/** A file of that folder; null where it was not built. */
export function builtFile(folder: string, name: string): BuiltFile | null {
  const file = join(folder, name);
  return existsSync(file) ? built(readFileSync(file)) : null;
}

export function built(content: Buffer): BuiltFile {
  return { content, etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"` };
}

/** Serves one file under a name that does not change with it; none where it was not built. */
export function serveFile(
  app: FastifyInstance,
  url: string,
  headers: Record<string, string>,
  file: BuiltFile | null,
): void {
  if (file) app.get(url, (request, reply) => sendFile(request, reply, headers, file));
}

/** Sends a file, or that it has not changed (304). */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Record<string, string>,
  { content, etag }: BuiltFile,
): FastifyReply {
  reply.headers({ ...headers, etag });
  return request.headers['if-none-match'] === etag ? reply.code(304).send(null) : reply.send(content);
}
