import { createHash } from 'node:crypto';
import type { Json } from '../domain/json.js';
import type { OperationRequest } from './journal.js';

/** JSON with sorted keys: two inputs are the same command exactly when their canonical texts are equal. */
function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${entries.join(',')}}`;
}

/** What makes two commands the same: action, contract and input. SHA-256, hex. */
export function inputHash({
  action,
  contractCode,
  input,
}: Pick<OperationRequest, 'action' | 'contractCode' | 'input'>): string {
  return createHash('sha256').update(canonicalJson({ action, contractCode, input })).digest('hex');
}
