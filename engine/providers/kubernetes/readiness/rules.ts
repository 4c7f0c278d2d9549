import { apiVersionOf, kindOf } from "../object.ts";
import type { JsonObject } from "../../../values/property.ts";
import { deployment } from "./deployment.ts";
import { job } from "./job.ts";
import type { Rule } from "./look.ts";
import { pod } from "./pod.ts";
import { daemonSet, replicationController, statefulSet } from "./sets.ts";
import { definition, persistentVolume, persistentVolumeClaim, resourceQuota, secret } from "./storage.ts";
import { ingress, service } from "./traffic.ts";

const rules: Readonly<Record<string, Rule | undefined>> = {
  "apps/v1/Deployment": deployment,
  "apps/v1/StatefulSet": statefulSet,
  "apps/v1/DaemonSet": daemonSet,
  "batch/v1/Job": job,
  "networking.k8s.io/v1/Ingress": ingress,
  "v1/Pod": pod,
  "v1/Service": service,
  "v1/ReplicationController": replicationController,
  "v1/PersistentVolume": persistentVolume,
  "v1/PersistentVolumeClaim": persistentVolumeClaim,
  "v1/ResourceQuota": resourceQuota,
  "v1/Secret": secret,
  "apiextensions.k8s.io/v1/CustomResourceDefinition": definition,
};

/** When an object of this kind is ready; undefined for kinds that are so as soon as they are there. */
export function ruleFor(object: JsonObject): Rule | undefined {
  return rules[`${apiVersionOf(object)}/${kindOf(object)}`];
}
