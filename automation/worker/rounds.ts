/**
 * Does a round at once, and then one every so often, never two at a time: where one is still under way there is none
 * besides. `stop()` aborts the signal, and resolves when the round under way has ended.
 */
export function keepRounds(
  milliseconds: number,
  round: (signal: AbortSignal) => Promise<void>,
  failed: (error: unknown) => void,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const look = () => {
    running ??= round(stopping.signal)
      .catch(failed)
      .finally(() => (running = undefined));
  };
  look();
  const timer = setInterval(look, milliseconds);
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
