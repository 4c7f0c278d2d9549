import type { Color } from "../../model/color.ts";

/** The tenant's namespace. An environment has no hyphen, so no two tenants share one; at most 56 characters. */
export function namespaceOf(tenant: { environment: string; id: string }): string {
  return `${tenant.environment}-${tenant.id}`;
}

/** The Pulumi stack of project `tenant`. */
export function stackNameOf(tenant: { environment: string; id: string }): string {
  return `${tenant.environment}.${tenant.id}`;
}

/** Object names of one color's slot. They never change: what a slot runs is in its labels and annotations. */
export function slotNames(color: Color) {
  return {
    service: color,
    config: `${color}-config`,
    secrets: `${color}-secrets`,
    web: `${color}-web`,
    background: `${color}-background`,
  } as const;
}

/** Name of the PersistentVolumeClaim for the tenant's data. */
export const dataClaim = "data";

/** Name of a migration's Job. */
export function migrationName(run: string): string {
  return `migration-${run}`;
}

/** Name of the ReferenceGrant in the namespace of what is adopted: tenants of several environments may be found in one. */
export function grantName(tenant: { environment: string; id: string }): string {
  return `teal-${namespaceOf(tenant)}`;
}

/** Name of the Service that a suspended tenant's route leads to. */
export const suspendedService = "suspended";
/** Name of the objects that a tenant has one of: ServiceAccount, Role, RoleBinding, HTTPRoute or Ingress. */
export const app = "app";
/** Port of each slot's Service, and its name; containers name theirs the same. */
export const servicePort = 80;
export const portName = "http";
