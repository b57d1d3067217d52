/** Thrown inside a transaction: nothing stays of it, and whoever began it goes on with `instead`. */
export class Undone<T> extends Error {
  constructor(readonly instead: T) {
    super('undone');
  }
}
