/** The failure of something that fails. Errors: an Error when it does not. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ code?: string; reason?: string; operationId?: string; details?: unknown }> {
  try {
    await work;
  } catch (error) {
    return error as object;
  }
  throw new Error('it did not fail');
}
