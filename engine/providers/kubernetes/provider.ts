/** The Kubernetes provider: what Pulumi asks of it, put together from its parts. */
import type { Provider } from "../provider.ts";
import { checkInputs } from "./check.ts";
import { compareObject } from "./compare.ts";
import { createObject } from "./create.ts";
import { decodeYaml } from "./decode.ts";
import { deleteObject } from "./delete.ts";
import type { Cluster, Kube, Settings } from "./kube.ts";
import { readObject } from "./read.ts";
import { updateObject } from "./update.ts";

export function kubernetesProvider(settings: Settings, cluster: () => Promise<Cluster>): Provider {
  const kube: Kube = { settings, cluster, away: undefined, defined: new Map() };
  return {
    check: (resource, olds, news, context) => checkInputs(kube, resource, olds, news, context),
    diff: (resource, old, news, ignoreChanges, context) =>
      compareObject(kube, resource, old.outputs, news, ignoreChanges, context),
    create: (resource, inputs, adopt, context) => createObject(kube, resource, inputs, adopt, context),
    update: (resource, old, news, ignoreChanges, context) =>
      updateObject(kube, resource, old, news, ignoreChanges, context),
    delete: (resource, old, context) => deleteObject(kube, resource, old, context),
    read: (resource, old, context) => readObject(kube, resource, old, context),
    invoke: (token, args) => decodeYaml(kube, token, args),
  };
}
