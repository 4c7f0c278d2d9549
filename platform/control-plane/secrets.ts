import type { PlatformConfig } from "../config/schema.ts";
import { tellsTeal } from "../parts.ts";
import { alertsKey, namespace, secret, secretKeys } from "./names.ts";

const labels = { "app.kubernetes.io/part-of": "teal", "app.kubernetes.io/managed-by": "pulumi" };

/** Where secrets come from: Secrets Manager, with the rights of External Secrets itself, which serves this namespace only. */
export function secretStore({ region }: Pick<PlatformConfig, "region">) {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: { name: "secrets-manager", namespace, labels },
    spec: { provider: { aws: { service: "SecretsManager", region } } },
  };
}

/** Names of the settings that Teal is told in confidence. */
export function keysOf(config: PlatformConfig): string[] {
  return [...secretKeys, ...(tellsTeal(config) ? [alertsKey] : [])];
}

/** Teal's Secret, kept as Secrets Manager has it. `teal`: ARN of its own; `pulumiToken`: of the one for Pulumi Cloud. */
export function externalSecret<Arn>(config: PlatformConfig, teal: Arn, pulumiToken?: string) {
  const own = keysOf(config).map((key) => ({ secretKey: key, remoteRef: { key: teal, property: key } }));
  const cloud = pulumiToken ? [{ secretKey: "PULUMI_ACCESS_TOKEN", remoteRef: { key: pulumiToken } }] : [];
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: secret, namespace, labels },
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "SecretStore", name: "secrets-manager" },
      target: { name: secret, creationPolicy: "Owner" },
      data: [...own, ...cloud],
    },
  };
}
