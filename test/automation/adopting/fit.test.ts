import assert from "node:assert/strict";
import type { BucketThere, ClusterThere } from "../../../automation/adopting/dataThere.ts";
import {
  bucketNotes,
  bucketProblems,
  clusterNotes,
  clusterProblems,
  userSql,
} from "../../../automation/adopting/fit.ts";

const owner = { environment: "production", id: "acme" };
const wanted = { cluster: "shop-database", name: "shop", user: "t_production_acme" };
const cluster: ClusterThere = {
  engine: "aurora-postgresql",
  version: "17.5",
  status: "available",
  port: 5432,
  admin: "postgres",
  iam: true,
  key: "arn:aws:kms:eu-central-1:1:key/1",
  vpc: "vpc-1",
  securityGroups: ["sg-1"],
  instances: 1,
  tags: { team: "shop" },
};
const bucket: BucketThere = { versioned: true, key: null, closed: true, tags: {} };

describe("automation/adopting/fit", () => {
  it("takes an Aurora PostgreSQL cluster and a bucket with versions, whoever made them", () => {
    assert.deepEqual(clusterProblems(owner, wanted, cluster), []);
    assert.deepEqual(bucketProblems("shop-files", bucket), []);
  });

  for (const [what, changes, asked, expected] of [
    ["another engine", { engine: "aurora-mysql", version: "8.0.mysql_aurora.3.05.2" }, {}, /got aurora-mysql$/],
    ["a version that no restore makes", { version: "13.9" }, {}, /14 to 19, got 13\.9/],
    ["one that is being changed", { status: "modifying" }, {}, /it is modifying: try again/],
    ["another tenant's", { tags: { "teal:tenant": "other" } }, {}, /Teal's already \(tags teal:tenant=other\)/],
    ["the platform's", { tags: { "teal:stack": "platform" } }, {}, /teal:stack=platform/],
    ["pods as master user", {}, { user: "postgres" }, /another user than postgres/],
    ["a name of the tenant's own clusters", {}, { cluster: "production-acme-2" }, /rename it, or choose another id/],
    ["the name of its drills", {}, { cluster: "production-acme-drill" }, /rename it/],
  ] as const)
    it(`refuses ${what}`, () => {
      const problems = clusterProblems(owner, { ...wanted, ...asked }, { ...cluster, ...changes });
      assert.equal(problems.length, 1);
      assert.match(problems[0]!, expected);
    });
  it("refuses none of those whose names only begin like the tenant's own", () => {
    for (const name of ["production-acme-shop", "production-acme-2-old", "production-acmes-2"])
      assert.deepEqual(clusterProblems(owner, { ...wanted, cluster: name }, cluster), []);
  });
  it("says all that is wrong at once", () => {
    const problems = clusterProblems(owner, wanted, { ...cluster, status: "stopped", tags: { "teal:stack": "x" } });
    assert.equal(problems.length, 2);
    assert.deepEqual(clusterProblems(owner, wanted, null), ["cluster shop-database: there is none in this region"]);
  });

  it("refuses a bucket that is not there, elsewhere, without versions, or Teal's", () => {
    const said = (there: Parameters<typeof bucketProblems>[1]) => bucketProblems("shop-files", there).join();
    assert.match(said(null), /there is none/);
    assert.match(said({ elsewhere: "us-east-1" }), /it is in us-east-1/);
    assert.match(said({ ...bucket, versioned: false }), /turn versioning on/);
    assert.match(said({ ...bucket, tags: { "teal:environment": "production" } }), /Teal's already/);
  });

  it("notes what a person has to do, where there is something to do", () => {
    const notes = (changes: Partial<ClusterThere>) => clusterNotes(wanted, { ...cluster, ...changes }).join("\n");
    assert.match(notes({}), /user t_production_acme has to be there.*\n.*beside the old ones.*\n.*sg-1 in vpc-1/);
    assert.doesNotMatch(notes({}), /IAM authentication is off|no instance|not encrypted|listens at/);
    assert.match(notes({ iam: false }), /IAM authentication is off/);
    assert.match(notes({ instances: 0 }), /no instance/);
    assert.match(notes({ key: null }), /not encrypted/);
    assert.match(notes({ port: 5433 }), /listens at 5432 instead of 5433/);
    assert.match(notes({}), /key\/1.*adopted\.keys/);
    assert.equal(bucketNotes("shop-files", bucket).length, 1);
    const open = bucketNotes("shop-files", { ...bucket, key: "arn:aws:kms:eu-central-1:1:key/2", closed: false });
    assert.match(open.join("\n"), /key\/2[^]*put-public-access-block/);
  });

  it("has the SQL for the user, by its name", () => {
    assert.deepEqual(userSql(wanted, "postgres").slice(0, 3), [
      'CREATE ROLE "t_production_acme" LOGIN;',
      'GRANT rds_iam TO "t_production_acme";',
      'GRANT CONNECT ON DATABASE "shop" TO "t_production_acme";',
    ]);
  });
});
