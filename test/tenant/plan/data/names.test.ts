import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentName } from "../../../../model/environment.ts";
import { tenantId } from "../../../../model/tenant.ts";
import {
  bucketNameOf,
  clusterIdentifierOf,
  databaseNameOf,
  keyAliasOf,
  lastSnapshotOf,
  parameterPrefixOf,
  roleNameOf,
  type DataOwner,
} from "../../../../tenant/plan/data/names.ts";

const place = { account: "123456789012", region: "eu-central-1" };
const environment = fc
  .stringMatching(/^[a-z][a-z0-9]{0,14}$/)
  .filter((name) => environmentName.safeParse(name).success);
const id = fc.stringMatching(/^[a-z][-a-z0-9]{0,39}$/).filter((name) => tenantId.safeParse(name).success);
/** Ids as like each other as they can be. */
const tricky = fc.constantFrom("a", "a-b", "a--b", "a-1", "a-1-1", "a-b-1", "ab", "a1", "a---b");
const owner: fc.Arbitrary<DataOwner> = fc.record({ environment, id: fc.oneof(id, tricky) });
const generation = fc.integer({ min: 1, max: 9999 });

describe("tenant/plan/data/names", () => {
  it("are as AWS and PostgreSQL take them, however long the tenant's own are", () => {
    fc.assert(
      fc.property(owner, generation, (who, number) => {
        const cluster = clusterIdentifierOf(who, number);
        assert.match(cluster, /^(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
        assert.match(
          lastSnapshotOf(cluster, "7a0c2c1e-55a1-4d0e-8f59-3f0f5f6f0c55"),
          /^(?=.{1,255}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
        );
        assert.match(bucketNameOf(who, place), /^(?=.{3,63}$)[a-z][a-z0-9-]*[a-z0-9]$/);
        assert.match(roleNameOf(who, place), /^[\w+=,.@-]{1,64}$/);
        assert.match(databaseNameOf(who), /^(?!pg_|rds)[a-z][a-z0-9_]{0,62}$/);
        assert.match(keyAliasOf(who), /^alias\/(?!aws\/)[a-zA-Z0-9/_-]{1,250}$/);
        assert.match(parameterPrefixOf(who), /^\/teal(\/[a-z0-9-]+){2}\/$/);
      }),
    );
  });

  it("no two tenants have one name, and none's parameters begin as another's", () => {
    fc.assert(
      fc.property(owner, owner, generation, generation, (one, other, g, h) => {
        fc.pre(one.environment !== other.environment || one.id !== other.id);
        assert.notEqual(clusterIdentifierOf(one, g), clusterIdentifierOf(other, h));
        for (const name of [databaseNameOf, keyAliasOf, parameterPrefixOf]) assert.notEqual(name(one), name(other));
        for (const name of [bucketNameOf, roleNameOf]) assert.notEqual(name(one, place), name(other, place));
        assert.ok(!parameterPrefixOf(one).startsWith(parameterPrefixOf(other)));
      }),
    );
  });

  const clusters: [id: string, generation: number, identifier: string][] = [
    ["acme", 1, "production-acme-1"],
    ["acme", 2, "production-acme-2"],
    ["acme-1", 1, "production-acme-1-1"],
    ["a--b", 1, "production-a-b-90827a2e-1"],
  ];
  for (const [tenant, number, identifier] of clusters) {
    it(`cluster ${number} of ${tenant}: ${identifier}`, () =>
      assert.equal(clusterIdentifierOf({ environment: "production", id: tenant }, number), identifier));
  }
});
