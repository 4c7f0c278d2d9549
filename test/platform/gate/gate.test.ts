import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refusals } from "../../../platform/gate/gate.ts";

const step = (op: string, type: string, name: string, replaceReasons?: string[]) => ({
  op,
  urn: `urn:pulumi:production::platform::teal:platform:X$${type}::${name}`,
  ...(replaceReasons && { replaceReasons }),
});

describe("platform/gate", () => {
  const table: [what: string, steps: object[], refused: RegExp[]][] = [
    [
      "lets changes in place pass",
      [
        step("update", "aws:eks/cluster:Cluster", "c"),
        step("create", "aws:kms/key:Key", "k"),
        step("same", "aws:ec2/vpc:Vpc", "vpc"),
      ],
      [],
    ],
    [
      "lets what nobody stands on be replaced",
      [step("replace", "aws:iam/role:Role", "r"), step("delete", "kubernetes:core/v1:ConfigMap", "m")],
      [],
    ],
    [
      "refuses another VPC",
      [
        step("create-replacement", "aws:ec2/vpc:Vpc", "vpc", ["cidrBlock"]),
        step("replace", "aws:ec2/vpc:Vpc", "vpc", ["cidrBlock"]),
        step("delete-replaced", "aws:ec2/vpc:Vpc", "vpc"),
      ],
      [/^aws:ec2\/vpc:Vpc::vpc would be replaced \(cidrBlock can't be changed in place\)$/],
    ],
    [
      "refuses the end of the database, and of nodes",
      [step("delete", "aws:rds/cluster:Cluster", "database"), step("replace", "aws:eks/nodeGroup:NodeGroup", "nodes")],
      [/^aws:rds\/cluster:Cluster::database would be deleted$/, /NodeGroup::nodes would be replaced/],
    ],
    [
      "refuses another routing, whichever way",
      [
        step("delete", "kubernetes:gateway.networking.k8s.io/v1:Gateway", "gateway"),
        step("delete", "kubernetes:networking.k8s.io/v1:Ingress", "own"),
        step("delete", "kubernetes:networking.k8s.io/v1:IngressClass", "teal-tenants"),
        step("delete", "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams", "params-teal-tenants"),
      ],
      [/Gateway::gateway would be deleted/, /Ingress::own/, /IngressClass::teal-tenants/, /IngressClassParams::params/],
    ],
  ];
  for (const [what, steps, refused] of table) {
    it(what, () => {
      const found = refusals({ steps, changeSummary: {} });
      assert.equal(found.length, refused.length, found.join("\n"));
      for (const [index, line] of found.entries()) assert.match(line, refused[index]!);
    });
  }

  it("refuses what is no preview", () => {
    assert.throws(() => refusals([]));
  });

  it("ends as its verdict says", () => {
    const directory = mkdtempSync(join(tmpdir(), "teal-gate-"));
    const gate = (steps: object[]) => {
      const path = join(directory, "preview.json");
      writeFileSync(path, JSON.stringify({ steps }));
      return spawnSync(process.execPath, [join(import.meta.dirname, "../../../platform/gate/main.ts"), path], {
        encoding: "utf8",
      });
    };
    assert.equal(gate([step("update", "aws:ec2/vpc:Vpc", "vpc")]).status, 0);
    const refused = gate([step("delete", "aws:ec2/vpc:Vpc", "vpc")]);
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /vpc would be deleted/);
    rmSync(directory, { recursive: true });
  });
});
