/** `kubernetes:yaml:decode`: the objects in a text, for programs that make resources of them. */
import { parseAllDocuments } from "yaml";
import { unsupported } from "../../unsupported.ts";
import type { Json, PropertyMap } from "../../values/property.ts";
import { reveal } from "../../values/property.ts";
import type { Kube } from "./kube.ts";
import { apiVersionOf, isObject, kindOf, namespaceOf, withMetadata } from "./object.ts";
import { isNamespaced } from "./scope.ts";

export async function decodeYaml(kube: Kube, token: string, args: PropertyMap): Promise<PropertyMap> {
  if (token !== "kubernetes:yaml:decode") throw unsupported(`the function ${token}`);
  const [text, namespace] = [reveal(args["text"] ?? null), reveal(args["defaultNamespace"] ?? null)];
  if (typeof text !== "string") throw new Error("missing required field 'text' of type string");
  const result: Json[] = [];
  for (const document of parseAllDocuments(text)) {
    if (document.errors.length > 0) throw document.errors[0]!;
    const object = document.toJS() as Json;
    // Manifests hold empty documents now and then.
    if (!isObject(object) || kindOf(object) === "" || apiVersionOf(object) === "") continue;
    const needsNamespace = typeof namespace === "string" && namespace !== "" && namespaceOf(object) === "";
    result.push(needsNamespace && (await isNamespaced(kube, object)) ? withMetadata(object, { namespace }) : object);
  }
  return { result };
}
