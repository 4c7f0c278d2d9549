import * as pulumi from "@pulumi/pulumi";
import { toStackConfig } from "../../tenant/config.ts";
import { stackNameOf } from "../../tenant/plan/names.ts";
import { tenantProgram } from "../../tenant/program.ts";
import type { TenantSpec } from "../../tenant/spec.ts";

export interface Registered {
  type: string;
  name: string;
  provider: string;
  /** Inputs as the engine gets them; secrets unwrapped. */
  inputs: Record<string, unknown>;
  /** Top-level inputs that hold a secret somewhere. */
  secret: string[];
}

/** Runs the tenant program on `spec` against Pulumi's mocks: what it registers, by `type::name`, and its outputs. `held`: output `data` of its data stack. */
export async function runProgram(spec: TenantSpec, held?: unknown) {
  const resources = new Map<string, Registered>();
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs, provider }) => {
        if (type === "pulumi:pulumi:StackReference")
          return { id: name, state: { ...inputs, outputs: { data: held }, secretOutputNames: [] } };
        const unwrapped = unwrap(inputs as Record<string, unknown>);
        resources.set(`${type}::${name}`, { type, name, provider: provider ?? "", ...unwrapped });
        const made = type === "random:index/randomPassword:RandomPassword" ? { result: "made-password" } : {};
        return { id: `${name}-id`, state: { ...unwrapped.inputs, ...made } };
      },
    },
    "tenant",
    stackNameOf(spec),
  );
  const config = Object.entries(toStackConfig(spec));
  pulumi.runtime.setAllConfig(
    Object.fromEntries(config.map(([key, { value }]) => [key, value])),
    config.filter(([, { secret }]) => secret).map(([key]) => key),
  );
  const outputs = await pulumi.runtime.runInPulumiStack(tenantProgram);
  await pulumi.runtime.disconnect();
  return { resources, outputs: outputs as Record<string, unknown> };
}

const signature = "4dabf18193072939515e22adb298388d";

export function unwrap(inputs: Record<string, unknown>): { inputs: Record<string, unknown>; secret: string[] } {
  let found = false;
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    if (signature in value) {
      found = true;
      return plain((value as { value?: unknown }).value);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  const secret: string[] = [];
  const result = Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      found = false;
      const entry = [key, plain(value)];
      if (found) secret.push(key);
      return entry;
    }),
  ) as Record<string, unknown>;
  return { inputs: result, secret };
}
