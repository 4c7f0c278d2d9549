import { TealError } from "../../model/errors.ts";

/** A call that the API server refused, or that never reached it (`status` 0: unreachable, cut off or timed out). */
export class KubeError extends TealError {
  readonly status: number;

  constructor(status: number, message: string, cause?: unknown) {
    super(status === 0 ? "kubernetes_unreachable" : "kubernetes_refused", message, { data: { status }, cause });
    this.status = status;
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs `call`; where the API server answers with one of `statuses`, gives undefined instead of throwing. */
export async function unless<T>(statuses: readonly number[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof KubeError && statuses.includes(error.status)) return undefined;
    throw error;
  }
}
