import { openLedger, type Ledger } from "../../automation/ledger/ledger.ts";
import { openQueue, type Queue } from "../../automation/queue/queue.ts";

/** Lost connections are what some tests are about; nobody needs to read of them. */
export const report = () => undefined;

/** Ledger and queue on a database. */
export async function openBooks(url: string): Promise<{ ledger: Ledger; queue: Queue; close(): Promise<void> }> {
  const queue = await openQueue({ url, report });
  const ledger = await openLedger({ url, passphrase: "correct horse", wake: queue.send, report });
  return {
    ledger,
    queue,
    async close() {
      await ledger.close();
      await queue.close();
    },
  };
}
