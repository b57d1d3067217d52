import { AppError } from '../../errors/app-error.js';

/** Names the operation in every expected failure that leaves it: the caller asks for it later. */
export async function nameOperation<T>(operationId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) error.operationId = operationId;
    throw error;
  }
}
