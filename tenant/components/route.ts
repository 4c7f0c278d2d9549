import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { applied, appliedUnawaited, tenantLabels } from "../plan/labels.ts";
import { app, suspendedService } from "../plan/names.ts";
import { routeAnnotations, routeSpec, suspendedServiceSpec } from "../plan/route.ts";
import type { TenantSpec } from "../spec.ts";

/** Type of the one resource that a flip may change. */
export const routeType = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";

/** The route that splits the tenant's traffic. It changes `after` the slots that it leads to. */
export function route(
  spec: TenantSpec,
  namespace: pulumi.Output<string>,
  { after, ...options }: pulumi.CustomResourceOptions & { after: pulumi.Resource[] },
): void {
  const nowhere = spec.suspended ? [emptyService(spec, namespace, options)] : [];
  // The token lets its bearer past the weights: it is a secret in state, though not in the cluster.
  const token = pulumi.secret(spec.preview?.token ?? "");
  new CustomResource(
    "route",
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "HTTPRoute",
      metadata: {
        namespace,
        name: app,
        labels: tenantLabels(spec),
        annotations: { ...applied, ...routeAnnotations(spec) },
      },
      spec: routeSpec(spec, token),
    },
    { ...options, dependsOn: [...after, ...nowhere] },
  );
}

/** Only while the tenant is suspended, so that others have nothing more for it. */
function emptyService(spec: TenantSpec, namespace: pulumi.Output<string>, { provider }: pulumi.CustomResourceOptions) {
  const labels = tenantLabels(spec);
  const metadata = { namespace, name: suspendedService, labels, annotations: appliedUnawaited };
  return new Service("suspended", { metadata, spec: suspendedServiceSpec() }, { provider });
}
