import { KubeConfig, KubernetesObjectApi, PatchStrategy, type KubernetesObject } from "@kubernetes/client-node";
import type { TestTeal } from "./teal.ts";

/** What an operator does with kubectl, behind Teal's back. */
export interface ByHand {
  /** A merge patch of an object of a tenant in `develop`. */
  patch(
    tenant: string,
    kind: Kind,
    name: string,
    change: { metadata?: object; [part: string]: unknown },
  ): Promise<void>;
  remove(tenant: string, kind: Kind, name: string): Promise<void>;
  read(tenant: string, kind: Kind, name: string): Promise<Record<string, never>>;
  /** Names of all namespaces of the cluster. */
  namespaces(): Promise<string[]>;
  /** Sets the weights of the tenant's route. */
  moveTraffic(tenant: string, blue: number, green: number): Promise<void>;
}

const apiVersions = {
  ConfigMap: "v1",
  Service: "v1",
  Secret: "v1",
  Deployment: "apps/v1",
  NetworkPolicy: "networking.k8s.io/v1",
  PodDisruptionBudget: "policy/v1",
  HTTPRoute: "gateway.networking.k8s.io/v1",
} as const;
type Kind = keyof typeof apiVersions;

export function byHand(teal: TestTeal): ByHand {
  const config = new KubeConfig();
  config.loadFromFile(teal.administrator);
  const api = KubernetesObjectApi.makeApiClient(config);
  const named = (tenant: string, kind: Kind, name: string) => ({
    apiVersion: apiVersions[kind],
    kind,
    metadata: { name, namespace: `develop-${tenant}` },
  });
  const patch: ByHand["patch"] = async (tenant, kind, name, change) => {
    const object = named(tenant, kind, name);
    Object.assign(object.metadata, change.metadata);
    Object.assign(object, { ...change, metadata: object.metadata });
    await api.patch(
      object as KubernetesObject,
      undefined,
      undefined,
      "kubectl-edit",
      undefined,
      PatchStrategy.MergePatch,
    );
  };
  const read: ByHand["read"] = async (tenant, kind, name) =>
    (await api.read(named(tenant, kind, name))) as unknown as Record<string, never>;
  return {
    patch,
    read,
    async remove(tenant, kind, name) {
      await api.delete(named(tenant, kind, name));
    },
    async namespaces() {
      const { items } = await api.list("v1", "Namespace");
      return items.map(({ metadata }) => metadata!.name!);
    },
    async moveTraffic(tenant, blue, green) {
      const route = (await read(tenant, "HTTPRoute", "app")) as unknown as { spec: { rules: Rule[] } };
      const weights: Record<string, number> = { blue, green };
      const rules = route.spec.rules.map((rule) =>
        rule.matches?.some(({ headers }) => headers)
          ? rule
          : { ...rule, backendRefs: rule.backendRefs.map((ref) => ({ ...ref, weight: weights[ref.name]! })) },
      );
      await patch(tenant, "HTTPRoute", "app", { spec: { rules } });
    },
  };
}

interface Rule {
  matches?: { headers?: unknown }[];
  backendRefs: { name: string; weight: number }[];
}
