/** Replaces parts of jsPDF that the sketch never calls; see vite.config.ts. */
export default undefined;
