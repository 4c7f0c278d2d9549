import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { applied, appliedUnawaited, tenantLabels } from "../plan/labels.ts";
import { app, grantName, suspendedService } from "../plan/names.ts";
import { grantSpec, routeAnnotations, routeSpec, suspendedServiceSpec } from "../plan/route.ts";
import type { TenantSpec } from "../spec.ts";
import { ingress } from "./ingress.ts";

/** Types of the one resource that a flip may change. */
export const routeTypes = [
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute",
  "kubernetes:networking.k8s.io/v1:Ingress",
] as const;

type Options = pulumi.CustomResourceOptions & { after: pulumi.Resource[] };

/** What splits the tenant's traffic. It changes `after` the slots that it leads to. */
export function route(spec: TenantSpec, namespace: pulumi.Output<string>, options: Options): void {
  if (spec.routing) ingress(spec, spec.routing.class, namespace, options);
  else httpRoute(spec, namespace, options);
}

function httpRoute(spec: TenantSpec, namespace: pulumi.Output<string>, { after, ...options }: Options): void {
  const nowhere = spec.suspended ? [emptyService(spec, namespace, options)] : [];
  const granted = spec.adopted ? [grant(spec, spec.adopted, options)] : [];
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
    { ...options, dependsOn: [...after, ...nowhere, ...granted] },
  );
}

/** The one thing of the tenant's in a namespace that Teal has not made. Others there stay out of the route's reach. */
function grant(
  spec: TenantSpec,
  adopted: NonNullable<TenantSpec["adopted"]>,
  { provider }: pulumi.CustomResourceOptions,
): CustomResource {
  const { namespace } = adopted;
  return new CustomResource(
    "grant",
    {
      apiVersion: "gateway.networking.k8s.io/v1beta1",
      kind: "ReferenceGrant",
      metadata: { namespace, name: grantName(spec), labels: tenantLabels(spec), annotations: applied },
      spec: grantSpec(spec, adopted),
    },
    { provider },
  );
}

/** Only while the tenant is suspended, so that others have nothing more for it. */
function emptyService(spec: TenantSpec, namespace: pulumi.Output<string>, { provider }: pulumi.CustomResourceOptions) {
  const labels = tenantLabels(spec);
  const metadata = { namespace, name: suspendedService, labels, annotations: appliedUnawaited };
  return new Service("suspended", { metadata, spec: suspendedServiceSpec() }, { provider });
}
