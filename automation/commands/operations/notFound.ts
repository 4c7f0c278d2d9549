import { TealError } from "../../../model/errors.ts";

export function operationNotFound(id: string): TealError {
  return new TealError("operation_not_found", `There is no operation ${id}.`, { data: { operation: id } });
}
