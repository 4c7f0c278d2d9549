import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { colors } from "../model/color.ts";
import { migration, volume } from "./components/data.ts";
import { ground } from "./components/ground.ts";
import { route } from "./components/route.ts";
import { Slot } from "./components/slot.ts";
import { fromConfig, project } from "./config.ts";
import { readTenantDataOutputs, type TenantDataOutputs } from "../model/tenantData.ts";
import type { TenantSpec } from "./spec.ts";

/** The program of one tenant: everything that it has on the cluster, made from stack config. Returns the stack's outputs. */
export async function tenantProgram(): Promise<Record<string, unknown>> {
  const spec = fromConfig((key) => pulumi.runtime.getConfig(`${project}:${key}`));
  const options = { provider: cluster(spec) };

  const held = spec.data === undefined ? undefined : await heldOn(spec.data);
  const { namespace, quota } = ground(spec, held, options);
  const password = new RandomPassword("password", { length: 32, special: false }).result;
  const data = volume(spec, namespace, { ...options, dependsOn: [quota] });
  const slots = colors.flatMap((color) => {
    const slot = spec[color];
    return slot ? [new Slot(color, { tenant: spec, slot, held, namespace, password, data }, options)] : [];
  });
  migration(spec, namespace, { ...options, after: slots });
  route(spec, namespace, { ...options, after: slots });

  return { namespace, hostnames: spec.hostnames, live: spec.live, weights: spec.weights };
}

/** What the tenant has on AWS. It is read, and nothing of that stack is touched. */
async function heldOn(stack: string): Promise<TenantDataOutputs> {
  const { value } = await new pulumi.StackReference("data", { name: stack }).getOutputDetails("data");
  return readTenantDataOutputs(value);
}

/**
 * The kubeconfig stays outside: credentials never enter state. Settings are changed in place: a new revision rolls the
 * pods. Objects that are there already are taken over: an update that died may have made them without a record.
 */
function cluster({ cluster: { context, identifier } }: TenantSpec): Provider {
  return new Provider("cluster", {
    ...(context !== undefined && { context }),
    clusterIdentifier: identifier,
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    upsertExistingObjects: true,
    // Whether hands have changed an object is asked before an operation begins, not met halfway as a conflict.
    enablePatchForce: true,
  });
}
