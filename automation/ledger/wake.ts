import type { Queries } from "./database.ts";

/**
 * Sends a wake-up for an operation in the transaction `tx`: it is gone if that is rolled back. `at`: not before then.
 */
export type Wake = (tx: Queries, operationId: string, at?: Date) => Promise<void>;
