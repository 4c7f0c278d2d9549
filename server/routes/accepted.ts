import { operationView, type OperationView } from "../../model/views.ts";
import type { Answer, Reply } from "../http/route.ts";

/** How every route that starts work answers. */
export const acceptedAnswer: Answer = {
  description: "Accepted: the operation that does it",
  schema: operationView,
  headers: { Location: "Path of the operation" },
};

export function accepted(operation: OperationView): Reply {
  return { status: 202, body: operation, headers: { Location: `/v1/operations/${operation.id}` } };
}
