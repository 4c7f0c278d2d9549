import * as pulumi from "@pulumi/pulumi";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import { ingressAnnotations, ingressSpec } from "../plan/ingress.ts";
import { appliedUnawaited, tenantLabels } from "../plan/labels.ts";
import { app } from "../plan/names.ts";
import type { TenantSpec } from "../spec.ts";

/** The Ingress of which the load balancer's rules are made. It changes `after` the slots that it leads to. */
export function ingress(
  spec: TenantSpec,
  ingressClass: string,
  namespace: pulumi.Output<string>,
  { after, ...options }: pulumi.CustomResourceOptions & { after: pulumi.Resource[] },
): void {
  // Teal itself asks the load balancer whether it follows.
  const annotations = { ...appliedUnawaited, ...ingressAnnotations(spec) };
  new Ingress(
    "route",
    {
      metadata: {
        namespace,
        name: app,
        labels: tenantLabels(spec),
        // The token lets its bearer past the weights: it is a secret in state, though not in the cluster.
        annotations: spec.preview ? pulumi.secret(annotations) : annotations,
      },
      spec: ingressSpec(spec, ingressClass),
    },
    { ...options, dependsOn: after },
  );
}
