import type { JsonObject, PropertyMap } from "../../values/property.ts";
import type { OperationContext, ReadResult, ResourceIdentity } from "../provider.ts";
import { getObject, placeOf } from "./api.ts";
import { checkpoint, managerOf, parseCheckpoint } from "./checkpoint.ts";
import { Unreachable } from "./client.ts";
import { NoSuchKind, isNotFound, unready } from "./errors.ts";
import { annotation, apiVersionOf, isObject, kindOf, nameOf, namespaceOf, parseId, withMetadata } from "./object.ts";
import { normalizeInputs, withoutReadOnly } from "./normalize.ts";
import { inputsFromObject, toObject } from "./plain.ts";
import type { Kube } from "./kube.ts";
import { pruneObject } from "./prune.ts";
import { whyUnready } from "./ready.ts";

interface Old {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The object as it is now; its inputs are what is left of it in the shape of the inputs before. */
export async function readObject(
  kube: Kube,
  resource: ResourceIdentity,
  old: Old,
  context: OperationContext,
): Promise<ReadResult> {
  try {
    return await readReachable(kube, resource, old, context);
  } catch (error) {
    if (error instanceof NoSuchKind || isNotFound(error)) return gone;
    if (error instanceof Unreachable) return readUnreachable(kube, old, error, context);
    throw error;
  }
}

const gone: ReadResult = { id: "", inputs: {}, outputs: {} };

function readUnreachable(kube: Kube, old: Old, error: Unreachable, context: OperationContext): ReadResult {
  context.log("warning", error.message);
  const enabled = (option: string) =>
    `configured Kubernetes cluster is unreachable and the \`${option}\` option is enabled.`;
  if (kube.settings.deleteUnreachable) {
    context.log("info", `${enabled("deleteUnreachable")} Deleting the unreachable resource from Pulumi state`);
    return gone;
  }
  if (kube.settings.skipUnreachable) {
    const caution = "Returned data could not reflect the actual cluster configuration.";
    context.log("info", `${enabled("skipUnreachable")} ${caution}`);
    return old;
  }
  throw new Error(
    'failed to read resource state due to unreachable cluster. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
    { cause: error },
  );
}

async function readReachable(
  kube: Kube,
  { type }: ResourceIdentity,
  old: Old,
  context: OperationContext,
): Promise<ReadResult> {
  const before = parseCheckpoint(old.outputs);
  const given = normalizeInputs(toObject(old.inputs));
  // An object that is only looked up, or imported, comes with its id and nothing else.
  const found = apiVersionOf(given) === "" && apiVersionOf(before.live) === "";
  const shape = apiVersionOf(given) === "" ? identified(given, found ? kindOfType(type) : before.live, old.id) : given;
  const { namespace, name } = parseId(old.id);
  const at = namespace === "" ? shape : withMetadata(shape, { namespace });
  const live = await getObject(kube, (await placeOf(kube, at)).item(name), context);
  const inputs = found ? inputsOf(live) : pruneObject(live, shape);
  const manager = managerOf(old.outputs, annotation(shape, "pulumi.com/patchFieldManager"));
  const initialApiVersion = before.initialApiVersion || apiVersionOf(shape);
  const outputs = checkpoint({ inputs, live, news: old.inputs, initialApiVersion, manager });
  const liveInputs = inputsFromObject(inputs, old.inputs);
  const reasons = found ? undefined : await whyUnready(kube, shape, live, context);
  if (reasons) throw unready(old.id, outputs, reasons, liveInputs);
  return { id: old.id, inputs: liveInputs, outputs };
}

/** Apiversion and kind that a type stands for: `kubernetes:core/v1:ConfigMap`. */
function kindOfType(type: string): JsonObject {
  const [, apiVersion = "", kind = ""] = type.split(":");
  return { apiVersion: apiVersion.replace(/^core\//, ""), kind: kind.replace(/Patch$/, "") };
}

function identified(given: JsonObject, of: JsonObject, id: string): JsonObject {
  const { namespace, name } = parseId(id);
  const metadata = {
    name: nameOf(given) || name,
    ...((namespaceOf(given) || namespace) !== "" && { namespace: namespaceOf(given) || namespace }),
  };
  return withMetadata({ ...given, apiVersion: apiVersionOf(of), kind: kindOf(of) }, metadata);
}

/** Annotations that controllers and tools add to objects. */
const foreignAnnotations = ["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"];

/** What a program would have said to get this object. */
function inputsOf({ status: _, ...live }: JsonObject): JsonObject {
  const object = withoutReadOnly(live);
  const metadata = object["metadata"];
  if (!isObject(metadata) || !isObject(metadata["annotations"])) return object;
  const annotations = Object.entries(metadata["annotations"]).filter(([key]) => !foreignAnnotations.includes(key));
  return withMetadata(object, { annotations: Object.fromEntries(annotations) });
}
