import type { JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { annotation } from "./object.ts";

/** Milliseconds for which an object is waited for, where nobody says otherwise. */
const usual = 10 * 60 * 1000;

/** By the resource's `customTimeouts`, else by the annotation `pulumi.com/timeoutSeconds`. In milliseconds. */
export function timeoutOf(inputs: JsonObject, context: OperationContext): number {
  if (context.timeout > 0) return context.timeout * 1000;
  const annotated = annotation(inputs, "pulumi.com/timeoutSeconds");
  return /^\d+$/.test(annotated) ? Number(annotated) * 1000 : usual;
}
