/**
 * Asks somebody else before the ledger is asked, since a transaction of it holds its tenant and waits for nobody. What went wrong is
 * thrown where the answer is wanted, so that a call that is repeated by its key, and wants none, is answered all the same.
 */
export async function beforehand<T>(ask: () => Promise<T>): Promise<() => T> {
  const [asked] = await Promise.allSettled([ask()]);
  return () => {
    if (asked.status === "rejected") throw asked.reason;
    return asked.value;
  };
}
