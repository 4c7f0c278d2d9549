import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { TenantDataOutputs } from "../../model/tenantData.ts";
import { runDataProgram } from "./data/program.ts";
import { dataSpecOf, fargate, platformOf } from "./data/specs.ts";
import { runProgram } from "./program.ts";
import { rollingOut, specOf } from "./specs.ts";

const onAws = { ...rollingOut(), data: "organization/tenant-data/production.acme" };

async function heldOf(
  platform = platformOf(),
  changes: Parameters<typeof dataSpecOf>[0] = {},
): Promise<TenantDataOutputs> {
  return (await runDataProgram(dataSpecOf(changes), platform)).outputs["data"] as TenantDataOutputs;
}

/** A resource's inputs, as deep as each test needs. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const inputsOf = async (spec: typeof onAws, held: unknown, key: string): Promise<any> =>
  (await runProgram(spec, held)).resources.get(key)!.inputs;

describe("a tenant with data on AWS", function () {
  this.timeout(60_000);

  it("without any, makes what its snapshot shows: nothing of AWS (UPDATE_SNAPSHOTS=1 writes it)", async () => {
    const { resources } = await runProgram(rollingOut());
    const made = [...resources].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, { inputs }]) => [key, inputs]);
    const text = stringify(Object.fromEntries(made), { lineWidth: 0, aliasDuplicateObjects: false });
    const path = join(import.meta.dirname, "snapshots", "kubernetes.yaml");
    if (process.env["UPDATE_SNAPSHOTS"] === "1") writeFileSync(path, text);
    assert.ok(existsSync(path), path);
    assert.equal(text, readFileSync(path, "utf8"));
  });

  it("changes settings, service account and network rules, and nothing else", async () => {
    const plain = (await runProgram(rollingOut())).resources;
    const held = (await runProgram(onAws, await heldOf(fargate()))).resources;
    const keys = new Set([...plain.keys(), ...held.keys()]);
    const differing = [...keys].filter((key) => JSON.stringify(plain.get(key)) !== JSON.stringify(held.get(key)));
    assert.deepEqual(differing.sort(), [
      "kubernetes:core/v1:ConfigMap::blue-config",
      "kubernetes:core/v1:ConfigMap::green-config",
      "kubernetes:core/v1:ServiceAccount::account",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy::allow-egress",
    ]);
  });

  it("tells its pods where all of it is, by their ConfigMap", async () => {
    const { data } = await inputsOf(onAws, await heldOf(), "kubernetes:core/v1:ConfigMap::blue-config");
    const { greeting: _, TEAL_CONFIG: __, TEAL_FLAGS: ___, ...told } = data as Record<string, string>;
    assert.deepEqual(told, {
      AWS_REGION: "eu-central-1",
      TEAL_PARAMETERS: "/teal/production/acme/",
      TEAL_BUCKET: "production-acme-c06ac7",
      TEAL_DATABASE_HOST: "production-acme-1.cluster-x.eu-central-1.rds.amazonaws.com",
      TEAL_DATABASE_PORT: "5432",
      TEAL_DATABASE_NAME: "t_production_acme",
      TEAL_DATABASE_USER: "t_production_acme",
    });
  });

  it("says nothing of what the tenant doesn't have", async () => {
    const held = await heldOf(platformOf(), { database: { kind: "none" }, bucket: null });
    const { data } = await inputsOf(onAws, held, "kubernetes:core/v1:ConfigMap::blue-config");
    assert.deepEqual(
      Object.keys(data as object).filter((key) => /BUCKET|DATABASE/.test(key)),
      [],
    );
  });

  it("says the role to the service account on Fargate, where the platform has IRSA, and nothing with Pod Identity", async () => {
    const account = "kubernetes:core/v1:ServiceAccount::account";
    const role = "eks.amazonaws.com/role-arn";
    const irsa = await heldOf(fargate());
    assert.equal((await inputsOf(onAws, irsa, account)).metadata.annotations[role], irsa.role.arn);
    assert.equal((await inputsOf(onAws, await heldOf(), account)).metadata.annotations[role], undefined);
  });

  const database = {
    to: [{ ipBlock: { cidr: "10.64.0.0/16" } }],
    ports: [443, 5432].map((port) => ({ protocol: "TCP", port })),
  };
  const agent = { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] };
  for (const [what, platform, opened] of [
    ["with Pod Identity: database, endpoints, agent", platformOf(), [database, agent]],
    ["on Fargate: database, endpoints", fargate(), [database]],
  ] as const) {
    it(`may go where that is, ${what}`, async () => {
      const key = "kubernetes:networking.k8s.io/v1:NetworkPolicy::allow-egress";
      const plain = await inputsOf(specOf() as typeof onAws, undefined, key);
      const { spec } = await inputsOf(onAws, await heldOf(platform), key);
      assert.deepEqual(spec.egress, [...plain.spec.egress, ...opened]);
    });
  }

  it("makes nothing where the stack that it reads is no such one", async () => {
    await assert.rejects(runProgram(onAws, undefined), /Expected output data of a tenant-data stack/);
    await assert.rejects(runProgram(onAws, { ...(await heldOf()), contract: 2 }), /contract: /);
  });
});
