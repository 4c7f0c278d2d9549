/**
 * Which values mean the same as none. Kubernetes' types leave out what is empty, false or 0 unless the difference
 * matters; the names below say where it does (from the Go types of k8s.io/api, which use a name for one thing nearly
 * everywhere).
 */
import type { Json } from "../../values/property.ts";
import { isObject } from "./object.ts";

const words = (text: string) => new Set(text.split(" "));

/** False is what they are anyway. All other booleans tell false from unset. */
const plainBooleans = words(
  "chapAuthDiscovery chapAuthSession clusterScope globalDefault hostIPC hostNetwork hostPID insecureSkipTLSVerifyBackend paused " +
    "publishNotReadyAddresses readOnly sslEnabled stdin stdinOnce tty unschedulable",
);
/** 0 is what they are anyway. */
const plainNumbers = words("healthCheckNodePort hostPort minReadySeconds nodePort");
const plainNumbersOfProbes = words(
  "failureThreshold initialDelaySeconds periodSeconds successThreshold timeoutSeconds",
);

/** Lists that are required, so an empty one is one. */
const requiredLists = words(
  "addresses admissionReviewVersions containers drivers endpoints limits monitors nodeSelectorTerms paths sources verbs",
);
/** Lists that are required at the top of an object: of a Role, of an EndpointSlice. */
const requiredTopLists = words("rules ports");

/** Maps whose keys are the program's own: an empty value there is a value. */
const maps = words(
  "annotations binaryData capacity data default defaultRequest hard labels limits matchLabels max maxLimitRequestRatio min " +
    "nodeSelector options parameters podFixed requests stringData volumeAttributes",
);

/** Texts that are required, or tell empty from unset. */
const requiredTexts = words(
  "address addressType apiGroup appProtocol attacher cidr claimName completionMode conditionType controller devicePath diskName diskURI driver " +
    "driverName expression failurePolicy fieldPath fsGroupChangePolicy fsGroupPolicy handler holderIdentity ingressClassName " +
    "initiatorName internalTrafficPolicy ip ipFamilyPolicy iqn key kind loadBalancerClass localhostProfile matchPolicy metricName " +
    "mode mountPath mountPropagation name nodeAffinityPolicy nodeTaintsPolicy operator path pathType pdName persistentVolumeName " +
    "policy preemptionPolicy procMount protocol provisioner reclaimPolicy repository resource resourceClaimName " +
    "resourceClaimTemplateName resourceName runtimeClassName runtimeHandler schedule scope scopeName server service serviceName " +
    "shareName sideEffects signerName storageClassName targetPortal timeZone topologyKey trafficDistribution type url value " +
    "volumeAttributesClassName volumeBindingMode volumeHandle volumeID volumeMode volumePath whenUnsatisfiable zone",
);
/** The same names where they are neither. */
const plainTexts: Readonly<Record<string, ReadonlySet<string>>> = {
  env: words("value"),
  tolerations: words("effect key operator value"),
  taints: words("value"),
  ports: words("name"),
  subjects: words("apiGroup namespace"),
  spec: words("type"),
  metadata: words("name"),
  httpGet: words("path"),
};

/** Whether a map of the program's own keys lies at `path`. */
export function isMapOfNames(path: readonly string[], kind: string): boolean {
  const name = path.at(-1) ?? "";
  if (name === "selector") return path.length === 2 && (kind === "Service" || kind === "ReplicationController");
  if (name === "parameters") return kind === "StorageClass" || kind === "VolumeAttributesClass";
  return maps.has(name);
}

/** Whether `value`, the field at `path` of an object of the kind, says no more than no field would. */
export function saysNothing(value: Json, path: readonly string[], kind: string): boolean {
  const name = path.at(-1) ?? "";
  const parent = path.at(-2) ?? "";
  if (value === null) return true;
  if (value === false) return plainBooleans.has(name);
  if (value === 0) return plainNumbers.has(name) || (parent.endsWith("Probe") && plainNumbersOfProbes.has(name));
  if (value === "") return plainTexts[parent]?.has(name) || !requiredTexts.has(name);
  if (Array.isArray(value))
    return value.length === 0 && !requiredLists.has(name) && !(path.length === 1 && requiredTopLists.has(name));
  return isObject(value) && Object.keys(value).length === 0 && isMapOfNames(path, kind);
}
