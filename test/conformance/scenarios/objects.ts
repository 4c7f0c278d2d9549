/** Kubernetes objects that several scenarios are made of. */
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

export const skipAwait = { "pulumi.com/skipAwait": "true" };

/** A Deployment of one container that nobody waits for. */
export function deployment(
  name: string,
  namespace: pulumi.Input<string>,
  image: string,
  options: pulumi.CustomResourceOptions,
): k8s.apps.v1.Deployment {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "app", image }] } };
  const metadata = { name, namespace, annotations: skipAwait };
  return new k8s.apps.v1.Deployment(
    name,
    { metadata, spec: { replicas: 1, selector: { matchLabels: labels }, template } },
    options,
  );
}

export function configMap(
  name: string,
  namespace: pulumi.Input<string>,
  data: Record<string, pulumi.Input<string>>,
  options: pulumi.CustomResourceOptions,
): k8s.core.v1.ConfigMap {
  return new k8s.core.v1.ConfigMap(name, { metadata: { name, namespace }, data }, options);
}

interface SlotArgs {
  namespace: pulumi.Input<string>;
  image: string;
}

/** A component of a Deployment and the Service in front of it. */
export class Slot extends pulumi.ComponentResource {
  readonly image: pulumi.Output<string>;

  constructor(name: string, { namespace, image }: SlotArgs, options?: pulumi.ComponentResourceOptions) {
    super("test:index:Slot", name, {}, options);
    const workload = deployment(name, namespace, image, { parent: this });
    new k8s.core.v1.Service(
      `${name}-svc`,
      {
        metadata: { name: `${name}-svc`, namespace, annotations: skipAwait },
        spec: { selector: { app: `${name}-svc` }, ports: [{ port: 80, targetPort: 8080 }] },
      },
      { parent: this, dependsOn: workload },
    );
    this.image = workload.spec.template.spec.containers[0]!.image;
    this.registerOutputs({ image: this.image });
  }
}
