/** A piece of work that is asked for more often than it can be done. */
export interface Repeated {
  /** Asks for it: it is done once the requests have paused, and again when one came meanwhile. */
  ask(): void;
  /** Does nothing from now on. */
  stop(): void;
}

/**
 * Gathers requests. An editor's save is several events (write, rename, change of times), a checkout hundreds.
 *
 * @param pause milliseconds without a request before the work begins
 */
export function gathered(work: () => Promise<void>, pause: number): Repeated {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isRunning = false;
  let isAskedAgain = false;
  let isStopped = false;
  const run = async () => {
    isRunning = true;
    try {
      await work();
    } finally {
      isRunning = false;
      if (isAskedAgain) {
        isAskedAgain = false;
        ask();
      }
    }
  };
  const ask = () => {
    if (isStopped) return;
    if (isRunning) {
      isAskedAgain = true;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(() => void run(), pause);
  };
  return {
    ask,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
