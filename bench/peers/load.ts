/** A module of the built service; `BENCH_DIST` names the folder of another build. */
export const load = <T>(path: string) =>
  import(new URL(`../../${process.env.BENCH_DIST ?? 'dist'}/${path}`, import.meta.url).href) as Promise<T>;
