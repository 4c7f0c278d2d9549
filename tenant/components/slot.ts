import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import type { Color } from "../../model/color.ts";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import { applied, appliedUnawaited, colorLabels, componentLabels, type Component } from "../plan/labels.ts";
import { targetAnnotations } from "../plan/ingress.ts";
import { slotNames } from "../plan/names.ts";
import { configData, secretData } from "../plan/settings.ts";
import { backgroundSpec, disruptionBudgetSpec, hasBackground, serviceSpec, webSpec } from "../plan/workload.ts";
import type { SlotSpec, TenantSpec } from "../spec.ts";

export interface SlotArgs {
  tenant: TenantSpec;
  slot: SlotSpec;
  /** What the tenant has on AWS. */
  held: TenantDataOutputs | undefined;
  namespace: pulumi.Output<string>;
  /** The password that was made for the tenant; both colors have the same. */
  password: pulumi.Output<string>;
  /** The tenant's volume. */
  data: pulumi.Resource | undefined;
}

/** One color's copy of the application. Its objects are named after the color alone, so that no release replaces one. */
export class Slot extends pulumi.ComponentResource {
  constructor(color: Color, args: SlotArgs, options: pulumi.ComponentResourceOptions) {
    const { tenant, slot, held, namespace, password, data } = args;
    super("teal:tenant:Slot", color, {}, options);
    const names = slotNames(color);
    const under = { parent: this };
    const metadata = (name: string) => ({ namespace, name, labels: colorLabels(tenant, color), annotations: applied });
    const workload = (component: Exclude<Component, "migration">) => ({
      namespace,
      name: names[component],
      labels: componentLabels(tenant, color, component, slot.release),
      annotations: appliedUnawaited,
    });

    const config = new ConfigMap(
      names.config,
      { metadata: metadata(names.config), data: configData(slot, held) },
      under,
    );
    const stringData = pulumi.secret(password.apply((made) => secretData(slot, made)));
    const secrets = new Secret(names.secrets, { metadata: metadata(names.secrets), type: "Opaque", stringData }, under);

    const after = { parent: this, dependsOn: [config, secrets, ...(data ? [data] : [])] };
    new Deployment(names.web, { metadata: workload("web"), spec: webSpec(tenant, color, slot) }, after);
    if (hasBackground(tenant, color)) {
      const spec = backgroundSpec(tenant, color, slot);
      new Deployment(names.background, { metadata: workload("background"), spec }, after);
    }
    const target = tenant.routing ? targetAnnotations(slot) : {};
    const service = { ...metadata(names.service), annotations: { ...appliedUnawaited, ...target } };
    new Service(names.service, { metadata: service, spec: serviceSpec(color) }, under);
    const budget = { metadata: metadata(names.web), spec: disruptionBudgetSpec(color) };
    new PodDisruptionBudget(`${color}-disruption-budget`, budget, under);
    this.registerOutputs({});
  }
}
