import { ApiException } from "@kubernetes/client-node";
import { TealError } from "../../model/errors.ts";

/** A person waits for what is read live: longer than this is as good as no answer, seconds. */
const patienceSeconds = 10;

/** What the cluster answers now. Throws `cluster_unreachable` where it does not, or refuses. */
export async function live<T>(read: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer in ${patienceSeconds} s`)), patienceSeconds * 1000);
  try {
    return await Promise.race([read(), late]);
  } catch (cause) {
    if (cause instanceof TealError) throw cause;
    const message = `Expected the cluster to answer: ${whyNot(cause)}. Try again once it does.`;
    throw new TealError("cluster_unreachable", message, { cause, data: { cause: "platform" } });
  } finally {
    clearTimeout(timer);
  }
}

function whyNot(error: unknown): string {
  if (error instanceof ApiException && error.code === 403) return "it refuses Teal the right to read this (403)";
  if (error instanceof ApiException) return `it answers ${error.code}`;
  return (error as Error).message.split("\n")[0]!;
}
