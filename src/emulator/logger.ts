/** Where the embedded OZmap writes what went wrong; a pino logger fits. */
export interface EmulatorLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Says nothing. */
export const silentLogger: EmulatorLogger = { info: () => {}, warn: () => {}, error: () => {} };
