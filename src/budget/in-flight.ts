import { setMaxListeners } from 'node:events';

/** Lets identical questions that are under way at the same time share one answer. Nothing is kept once it is answered: this is no cache. */
export interface InFlight<T> {
  /**
   * Who asks with a signal leaves when it is aborted; when nobody is left the question itself is given up. `owner` is part of the key:
   * two tokens never share an answer, because OZmap shows each its own projects.
   * Errors: those of the question · the signal's reason.
   */
  share(owner: string, key: string, ask: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** True where `share` would join a question instead of asking. */
  isUnderWay(owner: string, key: string): boolean;
  /** From now on nobody joins a question that is already under way: called after each write, so that what is read back was asked after it. */
  cut(): void;
}

interface Question<T> {
  answer: Promise<T>;
  asking: AbortController;
  waiting: number;
}

export function createInFlight<T>(): InFlight<T> {
  const pending = new Map<string, Question<T>>();

  const begin = (key: string, ask: (signal: AbortSignal) => Promise<T>): Question<T> => {
    const asking = new AbortController();
    setMaxListeners(0, asking.signal);
    const answer = ask(asking.signal).finally(() => {
      if (pending.get(key) === question) pending.delete(key);
    });
    const question = { answer, asking, waiting: 0 };
    pending.set(key, question);
    return question;
  };

  return {
    share(owner, key, ask, signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      const whole = `${owner}\n${key}`;
      const question = pending.get(whole) ?? begin(whole, ask);
      question.waiting += 1;
      if (!signal) return question.answer;
      return new Promise((resolve, reject) => {
        const leave = () => {
          reject(signal.reason);
          question.waiting -= 1;
          if (question.waiting > 0) return;
          if (pending.get(whole) === question) pending.delete(whole);
          question.asking.abort(signal.reason);
        };
        signal.addEventListener('abort', leave, { once: true });
        question.answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      });
    },
    isUnderWay: (owner, key) => pending.has(`${owner}\n${key}`),
    cut: () => pending.clear(),
  };
}
