/** Does this; what goes wrong names the variable of the environment that an operator would mend. Errors: as thrown, the variable in front. */
export async function blaming<T>(variable: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error)
      error.message = `${variable}: ${error.message || String((error as NodeJS.ErrnoException).code)}`;
    throw error;
  }
}
