/** Milliseconds of CPU that the longest stretch of work took between two turns of the event loop. CPU, because wall time is also others'. */
export async function longestStretchMs(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.cpuUsage();
  let running = true;
  const turn = () => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1_000);
    last = process.cpuUsage();
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  running = false;
  await new Promise((resolve) => setImmediate(resolve));
  return longest;
}
