/** Waits until something is so. Errors: an Error when it is not within `withinMs`. */
export async function until(check: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await check())) {
    if (Date.now() > deadline) throw new Error('it did not come to be so in time');
    await new Promise((done) => setTimeout(done, 20));
  }
}
