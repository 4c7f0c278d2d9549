/** Resource types that stand for something else than one object. */
import { unsupported } from "../../unsupported.ts";
import type { JsonObject } from "../../values/property.ts";
import { builtInGroup, kindOf } from "./object.ts";

const foreign = /^kubernetes:(helm\.sh|kustomize|yaml)[/:]/;
const form = /^kubernetes:([^/:]+)\/[^:]+:(.+)$/;

/** Refuses what takes more than an API server, and lists: their items are resources of their own. */
export function refuseSpecial(type: string): void {
  if (foreign.test(type)) throw unsupported(`the resource type ${type}`);
  const [, group = "", kind = ""] = form.exec(type) ?? [];
  if (kind.endsWith("List") && builtInGroup(group === "core" ? "" : group))
    throw new Error(
      "list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead",
    );
}

/** Whether the resource is some fields of an object that is somebody else's: `ConfigMapPatch` for a ConfigMap. */
export function isPatch(type: string, object: JsonObject): boolean {
  return type.endsWith(`:${kindOf(object)}Patch`);
}
