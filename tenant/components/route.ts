import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { applied, tenantLabels } from "../plan/labels.ts";
import { app } from "../plan/names.ts";
import { routeSpec } from "../plan/route.ts";
import type { TenantSpec } from "../spec.ts";

/** Type of the one resource that a flip may change. */
export const routeType = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

/** The route that splits the tenant's traffic. `options.dependsOn` orders it after the slots that it leads to. */
export function route(spec: TenantSpec, namespace: pulumi.Output<string>, options: pulumi.CustomResourceOptions): void {
  // The token lets its bearer past the weights: it is a secret in state, though not in the cluster.
  const token = pulumi.secret(spec.preview?.token ?? "");
  new CustomResource(
    "route",
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: { namespace, name: app, labels: tenantLabels(spec), annotations: applied },
      spec: routeSpec(spec, token),
    },
    options,
  );
}
