import { isObject, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";

/** Sets what is missing in a pod's spec, as the real API server does; changes `spec` in place. */
export function defaultPodSpec(spec: JsonObject): void {
  spec["restartPolicy"] ??= "Always";
  spec["dnsPolicy"] ??= "ClusterFirst";
  spec["schedulerName"] ??= "default-scheduler";
  spec["terminationGracePeriodSeconds"] ??= 30;
  spec["securityContext"] ??= {};
  if (spec["serviceAccountName"] !== undefined) spec["serviceAccount"] ??= spec["serviceAccountName"];
  for (const field of ["containers", "initContainers"]) objectsAt(spec[field]).forEach(defaultContainer);
  objectsAt(spec["volumes"]).forEach(defaultVolume);
}

function defaultContainer(container: JsonObject): void {
  container["terminationMessagePath"] ??= "/dev/termination-log";
  container["terminationMessagePolicy"] ??= "File";
  container["imagePullPolicy"] ??= pullPolicy(textAt(container["image"]) ?? "");
  container["resources"] ??= {};
  for (const port of objectsAt(container["ports"])) port["protocol"] ??= "TCP";
  for (const variable of objectsAt(container["env"])) {
    const field = objectAt(variable["valueFrom"])["fieldRef"];
    if (isObject(field)) field["apiVersion"] ??= "v1";
  }
  for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"]) {
    if (isObject(container[probe])) defaultProbe(container[probe]);
  }
  for (const hook of Object.values(objectAt(container["lifecycle"]))) defaultHttpGet(objectAt(hook)["httpGet"]);
}

function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf("/") + 1);
  return image.includes("@") || (last.includes(":") && !last.endsWith(":latest")) ? "IfNotPresent" : "Always";
}

/** In a pod, not in a template: a limit without a request asks for all of the limit. */
export function defaultRequests(container: JsonObject): void {
  const { resources } = container;
  if (!isObject(resources) || !isObject(resources["limits"])) return;
  resources["requests"] = { ...resources["limits"], ...objectAt(resources["requests"]) };
}

function defaultProbe(probe: JsonObject): void {
  probe["timeoutSeconds"] ??= 1;
  probe["periodSeconds"] ??= 10;
  probe["successThreshold"] ??= 1;
  probe["failureThreshold"] ??= 3;
  defaultHttpGet(probe["httpGet"]);
}

function defaultHttpGet(action: unknown): void {
  if (!isObject(action)) return;
  action["path"] ??= "/";
  action["scheme"] ??= "HTTP";
}

const modes = 0o644;

function defaultVolume(volume: JsonObject): void {
  const sources = Object.keys(volume).filter((key) => key !== "name");
  if (sources.length === 0) volume["emptyDir"] = {};
  for (const source of ["secret", "configMap", "downwardAPI", "projected"]) {
    const settings = volume[source];
    if (isObject(settings)) settings["defaultMode"] ??= modes;
  }
}
