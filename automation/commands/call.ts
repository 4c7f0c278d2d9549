import { TealError } from "../../model/errors.ts";
import type { Call } from "../automation.ts";
import type { Queries } from "../ledger/database.ts";
import { rememberAnswer, takeKey, type Remembered } from "../ledger/idempotency/remember.ts";
import type { Ledger } from "../ledger/ledger.ts";

/**
 * Does a call's work in one transaction. A call with an idempotency key is done once: repeated, it gets the same answer.
 * Throws `idempotency_conflict` where the key came with another body. A call that failed may be repeated.
 */
export async function once<T>(ledger: Ledger, call: Call, work: (tx: Queries) => Promise<T>): Promise<T> {
  // Bodies hold secrets: what is kept of them is of no use to whoever reads the ledger.
  const idempotency = call.idempotency && {
    ...call.idempotency,
    bodyHash: ledger.secrets.fingerprint(call.idempotency.bodyHash),
  };
  return ledger.transaction(async (tx) => {
    if (!idempotency) return work(tx);
    const earlier = await takeKey(tx, idempotency);
    if (earlier) return answered<T>(earlier, idempotency);
    const answer = await work(tx);
    await rememberAnswer(tx, idempotency, answer);
    return answer;
  });
}

function answered<T>({ bodyHash, response }: Remembered, { key, bodyHash: now }: NonNullable<Call["idempotency"]>): T {
  if (bodyHash !== now) {
    const message = `Idempotency key ${JSON.stringify(key)} was used here for a call with another body. Use a new key for a new call.`;
    throw new TealError("idempotency_conflict", message);
  }
  if (!response) throw new TealError("internal", "A committed idempotency key has no answer.");
  return response.value as T;
}
