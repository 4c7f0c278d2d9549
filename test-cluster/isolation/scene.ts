import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Stacks } from "../../automation/stacks/stacks.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import { specOf } from "../../test/tenant/specs.ts";
import { makeCluster, type TestCluster } from "../ground.ts";
import { type Ask, identity, kubeconfigWith, tokenOf } from "../support/identity.ts";
import { applyPolicies } from "../support/policies.ts";
import { embeddedStacks } from "../support/stacks.ts";
import type { Place } from "./attempts/attempt.ts";

/** A cluster with Teal's policies and two tenants that Teal's service account made, and everybody who tries things there. */
export interface Scene {
  administrator: Ask;
  teal: Ask;
  /** The tenant's service account; a user bound to `admin` in its namespace; one bound to `cluster-admin` there. */
  people: Record<"account" | "admin" | "root", Ask>;
  place: Place;
  /** Stack operations as Teal's service account, and the spec of the tenant that things are tried in. */
  stacks: Stacks;
  spec: TenantSpec;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  const cluster = await makeCluster();
  try {
    return await setUp(cluster);
  } catch (error) {
    await cluster.remove();
    throw error;
  }
}

async function setUp(cluster: TestCluster): Promise<Scene> {
  await applyPolicies(cluster);
  const administrator = identity(cluster.kubeconfig, "administrator");

  const token = await tokenOf(administrator, "teal-system", "teal");
  const kubeconfig = join(cluster.state, "teal-account.kubeconfig");
  await writeFile(kubeconfig, await kubeconfigWith(cluster.kubeconfig, token), { mode: 0o600 });
  const stacks = await embeddedStacks(kubeconfig);
  const [spec, neighbour] = [tenant("acme"), tenant("rival")];
  await Promise.all([stacks.up(spec), stacks.up(neighbour)]);

  const [own, other] = [namespaceOf(spec), namespaceOf(neighbour)];
  await bind(administrator, own, "admin", "eve");
  await bind(administrator, own, "cluster-admin", "mallory");
  const [mine, theirs] = await Promise.all([runningPod(administrator, own), runningPod(administrator, other)]);
  const close = async () => {
    await stacks.close();
    await cluster.remove();
  };
  return {
    administrator,
    teal: identity(cluster.kubeconfig, { token }),
    people: {
      account: identity(cluster.kubeconfig, { token: await tokenOf(administrator, own, "app") }),
      admin: identity(cluster.kubeconfig, { user: "eve" }),
      root: identity(cluster.kubeconfig, { user: "mallory" }),
    },
    place: { own, other, pod: mine.name, otherAddress: theirs.address, otherHost: neighbour.hostnames[0]! },
    stacks,
    spec,
    close,
  };
}

function tenant(id: string): TenantSpec {
  const gateway = { name: "teal", namespace: "teal-system" };
  const cluster = { identifier: "isolation" };
  return specOf({ environment: "iso", id, hostnames: [`${id}.iso.localhost`], gateway, cluster });
}

async function bind(administrator: Ask, namespace: string, role: string, user: string): Promise<void> {
  const body = {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: user },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
    subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: user }],
  };
  const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings`;
  const { code, message } = await administrator({ method: "POST", path, body });
  if (code !== 201) throw new Error(`${user} could not be bound to ${role}: ${message}`);
}

async function runningPod(administrator: Ask, namespace: string): Promise<{ name: string; address: string }> {
  for (let wait = 0; wait < 150; wait++) {
    const { body } = await administrator({ method: "GET", path: `/api/v1/namespaces/${namespace}/pods` });
    const [pod] = (body["items"] ?? []) as { metadata: { name: string }; status: { podIP?: string } }[];
    const address = pod?.status.podIP;
    // The sandbox's node has its pods in 127.0.0.0/8, which Endpoints may not hold: there is no telling by whom.
    if (address !== undefined) return { name: pod!.metadata.name, address: address.replace(/^127\./, "10.") };
    await delay(200);
  }
  throw new Error(`Namespace ${namespace} should have a pod with an address within 30 s, but has none.`);
}
