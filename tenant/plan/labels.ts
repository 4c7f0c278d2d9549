import type { Color } from "../../model/color.ts";
import { app } from "./names.ts";

export type Component = "web" | "background" | "migration";
export interface TenantIdentity {
  environment: string;
  id: string;
}

/** Labels of everything that a tenant has. They depend on nothing that an operation changes. */
export function tenantLabels({ environment, id }: TenantIdentity) {
  return {
    "app.kubernetes.io/name": app,
    "app.kubernetes.io/instance": id,
    "app.kubernetes.io/managed-by": "teal",
    "teal.dev/environment": environment,
    "teal.dev/tenant": id,
  };
}

/** Labels of what belongs to one color, whatever it runs. */
export function colorLabels(tenant: TenantIdentity, color: Color) {
  return { ...tenantLabels(tenant), "teal.dev/color": color };
}

/** Labels of a component's workload and pods. A release's version is always a valid label value (model/release.ts). */
export function componentLabels(tenant: TenantIdentity, color: Color, component: Component, release: string) {
  return {
    ...colorLabels(tenant, color),
    "app.kubernetes.io/component": component,
    "app.kubernetes.io/version": release,
  };
}

/** Labels of a migration and its pod: they belong to no color, so that nobody counts them among a slot's pods. */
export function migrationLabels(tenant: TenantIdentity, release: string) {
  return {
    ...tenantLabels(tenant),
    "app.kubernetes.io/component": "migration",
    "app.kubernetes.io/version": release,
  };
}

/** What selects a component's pods within the namespace: fixed, since a Deployment's selector can't be changed. */
export function selector(color: Color, component: Component) {
  return { "teal.dev/color": color, "app.kubernetes.io/component": component };
}

/**
 * Annotations of every object: Pulumi's Kubernetes provider then always applies as the same field manager. Its own choice
 * is random per resource, and an object whose making a crash kept out of the state would have two managers for good.
 */
export const applied = { "pulumi.com/patchFieldManager": "teal" };

/**
 * Annotations of what Pulumi would wait for: Teal looks itself whether pods are ready, so that an update returns at once.
 * Nor does a deletion wait, so that it has to be one in the background: one in the foreground leaves the object for its
 * pods to end, and a slot that is filled again meanwhile would end with it.
 */
export const appliedUnawaited = {
  ...applied,
  "pulumi.com/skipAwait": "true",
  "pulumi.com/deletionPropagationPolicy": "background",
};
