import type { Request } from "../../../model/operation.ts";
import type { Queries } from "../database.ts";
import { json } from "../json.ts";
import type { Wake } from "../wake.ts";

/** Asks something of an operation that the caller holds, and wakes its worker. */
export async function writeRequest(tx: Queries, wake: Wake, operationId: string, request: Request): Promise<void> {
  await tx
    .updateTable("operations")
    .set({ request: json(request) })
    .where("id", "=", operationId)
    .execute();
  await wake(tx, operationId);
}
