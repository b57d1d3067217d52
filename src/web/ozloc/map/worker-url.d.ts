/** Where the browser finds MapLibre's worker; made by the build (tools/vite/map-library.ts). */
declare module 'virtual:map-worker-url' {
  const url: string;
  export default url;
}
