/** Services and Ingresses: what brings traffic to pods. */
import type { JsonObject } from "../../../values/property.ts";
import { isObject, metadataOf, nameOf } from "../object.ts";
import {
  late,
  listOf,
  neighbours,
  part,
  ready,
  specOf,
  statusOf,
  text,
  waiting,
  type Around,
  type Readiness,
  type Rule,
} from "./look.ts";

/** Endpoints that have not changed for so long, in seconds, are taken for final; where there are none, after longer. */
const settleSeconds = 10;
const settleWithoutAnySeconds = 60;

const noPods =
  "Service does not target any Pods. Selected Pods may not be ready, or field '.spec.selector' may not match labels on any Pods";
const noAddress = "Service was not allocated an IP address; does your cloud provider support this?";
const noTarget = "Ingress has at least one rule with an unavailable target endpoint.";
const noLoadBalancer =
  "Ingress .status.loadBalancer field was not updated with a hostname/IP address. \n    for more information about this error, see https://pulumi.io/xdv72s";

export const service: Rule = { look: serviceReadiness, onRead: true, late };
export const ingress: Rule = { look: ingressReadiness, onRead: true, late };

const hasLoadBalancer = (object: JsonObject) => listOf(part(statusOf(object), "loadBalancer")["ingress"]).length > 0;
const slicesNear = (object: JsonObject, around: Around) =>
  neighbours(object, "/apis/discovery.k8s.io/v1", "endpointslices", around);

function serviceOf(slice: JsonObject): string {
  const labels = metadataOf(slice)["labels"];
  return isObject(labels) ? text(labels["kubernetes.io/service-name"]) : "";
}

/** A service is ready when it has its address and none of its pods is still to become ready. */
async function serviceReadiness(object: JsonObject, around: Around): Promise<Readiness> {
  const { type, clusterIP, selector } = specOf(object);
  const hasAddress = type !== "LoadBalancer" || hasLoadBalancer(object);
  const selects = isObject(selector) && Object.keys(selector).length > 0;
  const headless = type === "ExternalName" || clusterIP === "None";
  if ((!selects || headless) && hasAddress) return ready;
  if (!selects || headless) return waiting("Waiting for an address", () => (headless ? [] : [noPods, noAddress]));
  const slices = (await slicesNear(object, around)).filter((slice) => serviceOf(slice) === nameOf(object));
  const endpoints = slices
    .flatMap((slice) => listOf(slice["endpoints"]))
    .filter((endpoint) => part(endpoint, "conditions")["terminating"] !== true);
  const isReady = (endpoint: JsonObject) => part(endpoint, "conditions")["ready"] !== false;
  const pending = endpoints.some((endpoint) => !isReady(endpoint));
  const live = endpoints.some(isReady);
  const versions = slices.map((slice) => String(metadataOf(slice)["resourceVersion"]));
  // Without a slice nobody has looked for pods yet.
  const patience = slices.length > 0 ? settleSeconds : Infinity;
  const settled = live || around.steadyFor(versions.join()) >= patience;
  if (hasAddress && settled && !pending) return ready;
  return {
    ready: false,
    tolerable: hasAddress && !pending,
    status: live ? "[2/3] Attempting to allocate IP address to Service" : "[1/3] Finding Pods to direct traffic to",
    reasons: () => [...(live ? [] : [noPods]), ...(hasAddress ? [] : [noAddress])],
  };
}

/** An ingress is ready when each of its rules has a target and the load balancer has its address. */
async function ingressReadiness(object: JsonObject, around: Around): Promise<Readiness> {
  const known = (await slicesNear(object, around)).map(serviceOf);
  const wanted = await targets(object, around);
  const missing = wanted.filter((name) => !known.includes(name));
  const patience = known.length > 0 ? settleSeconds : settleWithoutAnySeconds;
  const aimed = missing.length === 0 || around.steadyFor(known.sort().join()) >= patience;
  if (aimed && hasLoadBalancer(object)) return ready;
  const status = aimed
    ? "[2/3] Waiting for update of .status.loadBalancer with hostname/IP"
    : "[1/3] Finding a matching service for each Ingress path";
  return waiting(status, () => [...(aimed ? [] : [noTarget]), ...(hasLoadBalancer(object) ? [] : [noLoadBalancer])]);
}

/** The services that an ingress names, but for those that only stand for another host. */
async function targets(object: JsonObject, around: Around): Promise<string[]> {
  const paths = listOf(specOf(object)["rules"]).flatMap((rule) => listOf(part(rule, "http")["paths"]));
  const names = paths.map((path) => text(part(part(path, "backend"), "service")["name"])).filter((name) => name !== "");
  if (names.length === 0) return [];
  const services = await neighbours(object, "/api/v1", "services", around);
  const external = services.filter((each) => specOf(each)["type"] === "ExternalName").map(nameOf);
  return names.filter((name) => !external.includes(name));
}
