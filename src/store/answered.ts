import { AppError, JournalUnavailableError } from '../errors/app-error.js';

/** What the database answers. Errors: JOURNAL_UNAVAILABLE, whatever kept it from answering. */
export async function answered<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new JournalUnavailableError('the journal did not answer', [], { cause });
  }
}
