import { namespaces } from "../names.ts";

/** Parts of Teal that run apart (TEAL_ROLE). */
export type Part = "server" | "worker";

export const namespace = namespaces.teal;
/** Service account that Teal's rights are for: cluster-policies/teal.yaml. */
export const serviceAccount = "teal";
/** Secret with what Teal is told in confidence, kept from Secrets Manager. */
export const secret = "teal-secrets";
/** Keys of it, which are names of settings; and the one that is there where Alertmanager tells Teal. */
export const secretKeys = ["DATABASE_URL", "PULUMI_CONFIG_PASSPHRASE", "TEAL_TOKEN"] as const;
export const alertsKey = "TEAL_ALERTS_TOKEN";
export const kubeconfigMap = "teal-kubeconfig";
export const port = 4000;
/** Where workers give their figures. */
export const metricsPort = 4001;
/** Where Teal may write: all else in its container is read-only. */
export const dataDirectory = "/var/lib/teal";

export function nameOf(part: Part): string {
  return `teal-${part}`;
}

export function labelsOf(part: Part): Record<string, string> {
  return {
    ...selectorOf(part),
    "app.kubernetes.io/part-of": "teal",
    "app.kubernetes.io/managed-by": "pulumi",
  };
}

/** Fixed, as a Deployment's selector can't be changed. */
export function selectorOf(part: Part): Record<string, string> {
  return { "app.kubernetes.io/name": "teal", "app.kubernetes.io/component": part };
}
