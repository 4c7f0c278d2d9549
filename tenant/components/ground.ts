import type * as pulumi from "@pulumi/pulumi";
import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1/networkPolicy.js";
import { Role } from "@pulumi/kubernetes/rbac/v1/role.js";
import { RoleBinding } from "@pulumi/kubernetes/rbac/v1/roleBinding.js";
import { colors } from "../../model/color.ts";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import { applied, tenantLabels } from "../plan/labels.ts";
import { readinessGate } from "../plan/ingress.ts";
import { app, namespaceOf, slotNames } from "../plan/names.ts";
import { networkPolicies } from "../plan/network.ts";
import { limitsSpec, quotaSpec } from "../plan/quota.ts";
import type { TenantSpec } from "../spec.ts";

/** What others need of it. */
export interface Ground {
  /** The namespace's name. */
  namespace: pulumi.Output<string>;
  quota: pulumi.Resource;
}

/** What the tenant stands on: its namespace, and within it limits, rights and network rules. */
export function ground(
  spec: TenantSpec,
  held: TenantDataOutputs | undefined,
  options: pulumi.CustomResourceOptions,
): Ground {
  const labels = tenantLabels(spec);
  const name = new Namespace("namespace", { metadata: namespaceMetadata(spec) }, options).metadata.name;
  const named = (name_: string) => ({ namespace: name, name: name_, labels, annotations: applied });

  // Pulumi would wait for the controller that counts what is used, and not every cluster has one.
  const uncounted = { ...named("quota"), annotations: { ...applied, "pulumi.com/skipAwait": "true" } };
  const quota = new ResourceQuota("quota", { metadata: uncounted, spec: quotaSpec(spec) }, options);
  new LimitRange("limits", { metadata: named("limits"), spec: limitsSpec(spec) }, options);
  for (const [policy, policySpec] of Object.entries(networkPolicies(spec, held))) {
    new NetworkPolicy(policy, { metadata: named(policy), spec: policySpec }, options);
  }

  // Rights in AWS come to pods by their service account: what needs saying for that is an annotation, or nothing.
  const account = named(app);
  const metadata = { ...account, annotations: { ...account.annotations, ...held?.role.annotations } };
  new ServiceAccount("account", { metadata, automountServiceAccountToken: false }, options);
  // The application may read its own settings again, and nothing else.
  const resourceNames = colors.map((color) => slotNames(color).config);
  const rules = [{ apiGroups: [""], resources: ["configmaps"], resourceNames, verbs: ["get"] }];
  const role = new Role("role", { metadata: named(app), rules }, options);
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: app };
  const subjects = [{ kind: "ServiceAccount", name: app, namespace: name }];
  // Who binds a role has to have its rights, and the API server can only tell once the role is there.
  const after = { ...options, dependsOn: [role] };
  new RoleBinding("role-binding", { metadata: named(app), roleRef, subjects }, after);
  return { namespace: name, quota };
}

function namespaceMetadata(spec: TenantSpec) {
  const modes = ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, "restricted"]);
  return {
    name: namespaceOf(spec),
    labels: {
      ...tenantLabels(spec),
      ...(Object.fromEntries(modes) as Record<string, string>),
      ...(spec.routing && readinessGate),
    },
    annotations: { ...applied, "teal.dev/name": spec.name },
  };
}
