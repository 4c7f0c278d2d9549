import type { Ask } from "../support/identity.ts";

interface KubeObject {
  metadata: { name: string; labels?: object };
  status?: unknown;
}

/** What no attempt may change in a tenant's namespace: everything there but what runs in it and what the cluster notes. */
export async function snapshot(administrator: Ask, namespace: string): Promise<unknown> {
  const kinds = [
    ...["resourcequotas", "limitranges", "configmaps", "secrets", "services"].map((kind) => ["api/v1", kind]),
    ["apis/networking.k8s.io/v1", "networkpolicies"],
    ["apis/networking.k8s.io/v1", "ingresses"],
    ["apis/rbac.authorization.k8s.io/v1", "roles"],
    ["apis/rbac.authorization.k8s.io/v1", "rolebindings"],
    ["apis/gateway.networking.k8s.io/v1", "httproutes"],
  ];
  const lists = await Promise.all(
    kinds.map(async ([api, kind]) => {
      const { body } = await administrator({ method: "GET", path: `/${api}/namespaces/${namespace}/${kind}` });
      return [kind, (body["items"] as KubeObject[]).map(essence)];
    }),
  );
  const { body } = await administrator({ method: "GET", path: `/api/v1/namespaces/${namespace}` });
  return [essence(body as unknown as KubeObject), ...lists];
}

function essence({ metadata, status: _, ...rest }: KubeObject): object {
  return { name: metadata.name, labels: metadata.labels, ...rest };
}
