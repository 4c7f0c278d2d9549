import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { parse, stringify } from "yaml";
import { readPlatformOutputs } from "../../model/platform.ts";
import { exampleConfig, exampleNames, keyOf, runAlb, runExample, runPlatform, type Made } from "./program.ts";

const update = process.env["UPDATE_SNAPSHOTS"] === "1";

/** Everything that a stack makes, readable: policies as YAML rather than as JSON in a string. */
function snapshotOf(made: Made[]): string {
  const entries = made
    .filter(({ type }) => !type.startsWith("pulumi:pulumi:"))
    .map((one) => {
      const { isProtected, secret, type } = one;
      const isPolicy = /ValidatingAdmissionPolicy$/.test(type);
      const inputs = isPolicy ? "as in platform/cluster-policies" : opened(one.inputs, secret);
      return [keyOf(one), isProtected ? { protected: true, inputs } : inputs];
    });
  return stringify(Object.fromEntries(entries), { lineWidth: 0, aliasDuplicateObjects: false });
}

function opened(inputs: Record<string, unknown>, secret: string[]): unknown {
  const show = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(show);
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, show(item)]));
    }
    return typeof value === "string" && /^[[{]"/.test(value) ? (JSON.parse(value) as unknown) : value;
  };
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, secret.includes(key) ? "<secret>" : show(value)]),
  );
}

describe("platform/program", function () {
  this.timeout(60_000);

  for (const name of exampleNames) {
    it(`makes of Pulumi.${name}.example.yaml what its snapshot shows (UPDATE_SNAPSHOTS=1 writes it)`, async () => {
      const { made, outputs } = await runExample(name);
      const path = join(import.meta.dirname, "snapshots", `${name}.yaml`);
      const snapshot = snapshotOf(made);
      if (update) writeFileSync(path, snapshot);
      assert.ok(existsSync(path), path);
      assert.equal(snapshot, readFileSync(path, "utf8"));
      // As a stack reference reads them: only JSON comes through.
      assert.deepEqual(readPlatformOutputs(JSON.parse(JSON.stringify(outputs))), outputs);
    });
  }

  it("makes with routing alb-ingress what its snapshot shows to be other than in production", async () => {
    const [{ made: ordinary }, { made, outputs }] = [await runExample("production"), await runAlb()];
    const before = parse(snapshotOf(ordinary)) as Record<string, unknown>;
    const after = parse(snapshotOf(made)) as Record<string, unknown>;
    const differing = Object.entries(after).filter(([key, value]) => !isDeepStrictEqual(value, before[key]));
    const snapshot = stringify(
      { gone: Object.keys(before).filter((key) => !(key in after)), other: Object.fromEntries(differing) },
      { lineWidth: 0, aliasDuplicateObjects: false },
    );
    const path = join(import.meta.dirname, "snapshots", "alb-ingress.yaml");
    if (update) writeFileSync(path, snapshot);
    assert.equal(snapshot, readFileSync(path, "utf8"));
    assert.equal(readPlatformOutputs(JSON.parse(JSON.stringify(outputs))).routing, "alb-ingress");
    // What stays of the gateway would be in nobody's way, and for nothing.
    const left = Object.keys(after).filter((key) =>
      /gateway\.networking|gateway-helm|envoy|HTTPRoute|PodMonitor::proxies/.test(key),
    );
    assert.deepEqual(left, []);
  });

  it("makes nothing of a config that is not as it should be, and says all that is wrong", async () => {
    const config = { ...exampleConfig("production"), "platform:network": { nat: "many" }, "platform:colour": "blue" };
    await assert.rejects(runPlatform(config), (error: Error) => {
      assert.match(error.message, /platform:network\.nat: /);
      assert.match(error.message, /platform:colour: expected no such key/);
      return true;
    });
  });
});

describe("what eks.Cluster is asked for: its insides are made by Pulumi's own component, out of these tests' sight", () => {
  let inputs: Record<string, unknown>;
  before(async () => {
    const { made } = await runExample("production");
    inputs = made.find(({ type }) => type === "eks:index:Cluster")!.inputs;
  });

  const asked: Record<string, unknown> = {
    authenticationMode: "API",
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
    publicAccessCidrs: [],
    encryptionConfigKeyArn: "arn:aws:kms:eu-central-1:123456789012:cluster",
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    deletionProtection: true,
    skipDefaultNodeGroup: true,
    skipDefaultSecurityGroups: true,
    createOidcProvider: true,
    version: "1.36",
  };
  for (const [input, value] of Object.entries(asked)) {
    it(`${input}: ${JSON.stringify(value)}`, () => assert.deepEqual(inputs[input], value));
  }
  it("network policies on, and its add-ons pinned", () => {
    const { addonVersion, enableNetworkPolicy } = inputs["vpcCniOptions"] as Record<string, unknown>;
    assert.deepEqual([addonVersion, enableNetworkPolicy], ["v1.22.4-eksbuild.3", true]);
    assert.equal((inputs["corednsAddonOptions"] as { version: string }).version, "v1.14.3-eksbuild.16");
    assert.equal((inputs["kubeProxyAddonOptions"] as { version: string }).version, "v1.36.0-eksbuild.21");
  });
  it("administrators and viewers by access entry", () => {
    assert.deepEqual(Object.keys(inputs["accessEntries"] as object), ["admin-0", "viewer-0"]);
  });
});
