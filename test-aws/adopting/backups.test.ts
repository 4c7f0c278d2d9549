import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { CreateDBClusterCommand, DescribeDBClustersCommand } from "@aws-sdk/client-rds";
import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { KMSClient } from "@aws-sdk/client-kms";
import { awsBackups } from "../../automation/aws/backups/backups.ts";
import { whereabouts } from "../../automation/aws/backups/whereabouts.ts";
import { onAws } from "../../automation/aws/leftovers/onAws.ts";
import { adoptedStays } from "../../automation/offboarding/adopted.ts";
import { lookForLeftovers } from "../../automation/offboarding/leftovers.ts";
import { clustersWith } from "../../automation/worker/swap.ts";
import type { ClusterOrigin, DataSpec } from "../../tenant/data/spec.ts";
import { adoptedDatabase, dataSpecOf } from "../../test/tenant/data/specs.ts";
import { Ground, never } from "../backups/ground.ts";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";

const noQuotas = `<DescribeAccountAttributesResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">
  <DescribeAccountAttributesResult><AccountQuotas/></DescribeAccountAttributesResult></DescribeAccountAttributesResponse>`;

/** S3 counts in seconds: what comes later is of another one. */
const nextSecond = () => pause(1100 - (Date.now() % 1000));

describe("backups of an adopted cluster and bucket", function () {
  this.timeout(120_000);
  let moto: Moto;
  let proxy: Proxy;
  let ground: Ground;
  let spec: DataSpec;
  beforeEach(async () => {
    moto = await startMoto();
    proxy = await startProxy(moto.client.endpoint);
    // The stand-in knows of no quotas.
    proxy.answer(
      (target) => target === "DescribeAccountAttributes",
      () => noQuotas,
    );
    const client = { ...moto.client, endpoint: proxy.endpoint };
    ground = await Ground.make(client, { cluster: "shop-database", bucket: "shop-files" });
    const bucket = { adopted: { name: "shop-files", key: null } };
    spec = dataSpecOf({ id: ground.tenant, database: adoptedDatabase(), bucket });
    await ground.put("a", "one");
    await ground.put("gone", "two");
    await ground.delete("gone");
  });
  afterEach(async () => {
    ground.close();
    await proxy.close();
    await moto.stop();
  });

  const place = async () => ({ account: "123456789012", region: "eu-central-1" });
  /** As a worker has it: where data is is what the tenant's data stack was given last. */
  const provider = () =>
    awsBackups({
      ...ground.options,
      find: (of) => whereabouts({ last: async () => ({ spec, settled: true }) }, place, of),
    });
  /** The data stack's update, as far as clusters go. */
  const swap = (restore: string) => async (origin: ClusterOrigin) => {
    assert.ok(spec.database.kind === "cluster");
    spec = { ...spec, database: { ...spec.database, held: clustersWith(spec.database.held, restore, origin) } };
    await ground.swap(origin);
  };
  const clusters = async () => {
    const { DBClusters = [] } = await ground.rds.send(new DescribeDBClustersCommand({}));
    return DBClusters.map(({ DBClusterIdentifier }) => DBClusterIdentifier!).sort();
  };

  it("are taken of them, and brought back: the database beside the adopted one, which stays; the bucket in its place", async () => {
    const id = randomUUID();
    const taken = await provider().take(ground.of, id, never);
    assert.equal(taken.files, 1);
    assert.deepEqual(await provider().verify(ground.of, id), taken);
    await nextSecond();
    await ground.put("a", "changed");
    await ground.put("new", "three");
    await provider().restore(ground.of, id, never, swap(randomUUID()));
    assert.deepEqual(await ground.contents(), { a: "one" });
    assert.deepEqual(await clusters(), [`production-${ground.tenant}-2`, "shop-database"]);
  });

  it("are of the restored cluster from then on", async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await provider().take(ground.of, first, never);
    await provider().restore(ground.of, first, never, swap(randomUUID()));
    await provider().take(ground.of, second, never);
    const { DBClusters = [] } = await ground.rds.send(new DescribeDBClustersCommand({}));
    assert.equal(DBClusters.length, 2);
    const found = await whereabouts({ last: async () => ({ spec, settled: true }) }, place, ground.of);
    assert.deepEqual(found, {
      cluster: `production-${ground.tenant}-2`,
      bucket: "shop-files",
      adopted: ["bucket"],
    });
    assert.ok(await provider().verify(ground.of, second));
  });

  it("are all that they can be brought back to: Teal has no right to the cluster's log, and nobody says what the bucket forgets", async () => {
    const refused = (message: RegExp) =>
      assert.rejects(provider().restorable!(ground.of), { code: "point_in_time_unavailable", message });
    await refused(/^its cluster and bucket were there before it/);
    const id = randomUUID();
    await provider().take(ground.of, id, never);
    await provider().restore(ground.of, id, never, swap(randomUUID()));
    await refused(/^its bucket was there before it/);
    assert.ok(spec.database.kind === "cluster");
    spec = { ...spec, bucket: null };
    assert.equal((await provider().restorable!(ground.of))?.cluster, `production-${ground.tenant}-2`);
  });

  it("are tried in a scratch cluster by the tenant's name: nobody's shop-drill is touched", async () => {
    await ground.rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: "shop-database-drill",
        Engine: "aurora-postgresql",
        MasterUsername: "somebody",
        MasterUserPassword: "correct horse",
      }),
    );
    const id = randomUUID();
    await provider().take(ground.of, id, never);
    const drilled = await provider().drill(ground.of, id, never);
    assert.equal(drilled.files, 1);
    assert.deepEqual(await clusters(), ["shop-database", "shop-database-drill"]);
  });

  it("are kept when the tenant leaves; what it had adopted is left alone, told of, and nothing that is left over", async () => {
    const id = randomUUID();
    await provider().take(ground.of, id, never);
    await provider().keep!(ground.of, id, never);
    const clients = { tagging: new ResourceGroupsTaggingAPIClient(moto.client), kms: new KMSClient(moto.client) };
    const adopted = {
      database: { cluster: "shop-database", name: "shop", user: "u", admin: "postgres", version: "17.5" },
      bucket: { name: "shop-files", key: null },
    };
    const places = [onAws(clients), adoptedStays(async () => adopted)];
    const { left, kept } = await lookForLeftovers(places, { environment: "production", id: ground.tenant });
    assert.deepEqual(left, []);
    assert.deepEqual(
      kept.filter(({ stays }) => stays).map(({ id: name }) => name),
      ["shop-database", "shop-files"],
    );
    await provider().prune(ground.of, id);
    assert.deepEqual(await clusters(), ["shop-database"]);
    assert.deepEqual(await ground.contents(), { a: "one" });
    clients.tagging.destroy();
    clients.kms.destroy();
  });
});
