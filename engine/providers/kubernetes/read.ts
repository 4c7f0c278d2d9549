import type { PropertyMap } from "../../values/property.ts";
import { InitError, type OperationContext, type ReadResult } from "../provider.ts";
import { getObject, placeOf } from "./api.ts";
import { checkpoint, managerOf, parseCheckpoint } from "./checkpoint.ts";
import { NoSuchKind, isNotFound } from "./errors.ts";
import { annotation, apiVersionOf, kindOf, parseId, withMetadata } from "./object.ts";
import { normalizeInputs } from "./normalize.ts";
import { fromObject, toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { pruneObject } from "./prune.ts";
import { readinessOf } from "./ready.ts";

interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The object as it is now; its inputs are what is left of it in the shape of the inputs before. */
export async function readObject(kube: Kube, old: Old, context: OperationContext): Promise<ReadResult> {
  const { namespace, name } = parseId(old.id);
  const before = parseCheckpoint(old.outputs);
  const given = normalizeInputs(toObject(old.inputs));
  const shape =
    apiVersionOf(given) === "" ? { ...given, apiVersion: apiVersionOf(before.live), kind: kindOf(before.live) } : given;
  const at = namespace === "" ? shape : withMetadata(shape, { namespace });
  try {
    const live = await getObject(kube, (await placeOf(kube, at)).item(name), context);
    const inputs = pruneObject(live, shape);
    const manager = managerOf(old.outputs, annotation(shape, "pulumi.com/patchFieldManager"));
    const initialApiVersion = before.initialApiVersion || apiVersionOf(live);
    const outputs = checkpoint({ inputs, live, news: old.inputs, initialApiVersion, manager });
    const unready =
      annotation(shape, "pulumi.com/skipAwait") === "true" ? undefined : await readinessOf(kube, live, context);
    if (unready?.failed) throw new InitError(unready.reason, old.id, outputs, [unready.reason]);
    return { id: old.id, inputs: fromObject(inputs, old.inputs), outputs };
  } catch (error) {
    if (error instanceof NoSuchKind || isNotFound(error)) return { id: "", inputs: {}, outputs: {} };
    throw error;
  }
}
