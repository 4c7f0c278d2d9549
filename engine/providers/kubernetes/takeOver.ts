import type { JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { getObject, send } from "./api.ts";
import { isConflict } from "./errors.ts";
import type { Kube } from "./kube.ts";
import { takeOverPatch } from "./managers.ts";

/** A controller may write an object's status several times right after it was made. */
const attempts = 5;

/** Hands what predecessors manage of the object, as just `seen`, to `manager`; gives the object as it then is. */
export async function takeOver(
  kube: Kube,
  path: string,
  manager: string,
  context: OperationContext,
  seen?: JsonObject,
): Promise<JsonObject> {
  for (let attempt = 1; ; attempt++) {
    const live = attempt === 1 && seen ? seen : await getObject(kube, path, context);
    const patch = takeOverPatch(live, manager);
    if (!patch) return live;
    const contentType = "application/json-patch+json";
    try {
      return (await send(kube, { method: "PATCH", path, body: patch, contentType }, context)).body;
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error;
    }
  }
}
