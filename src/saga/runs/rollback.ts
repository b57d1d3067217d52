/** Thrown inside a transaction to roll it back; its starter goes on with `instead`. */
export class Rollback<T> extends Error {
  constructor(readonly instead: T) {
    super('rolled back');
  }
}
