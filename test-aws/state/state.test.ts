import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMoto, type Moto } from "../support/moto.ts";
import { startProxy, type Proxy } from "../support/proxy.ts";
import { Bucket, open, pets } from "./ground.ts";

describe("stack state in S3", function () {
  this.timeout(120_000);
  let moto: Moto;
  let proxy: Proxy;
  let home: string;
  let bucket: Bucket;
  before(async () => {
    moto = await startMoto();
    proxy = await startProxy(moto.client.endpoint);
    Object.assign(process.env, moto.env);
  });
  after(async () => {
    for (const name of Object.keys(moto.env)) delete process.env[name];
    await proxy.close();
    await moto.stop();
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-s3-"));
    bucket = await Bucket.make(moto.client);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("serves up, preview, refresh, export, history and destroy", async () => {
    const stack = await open(bucket.url(proxy.endpoint), home, pets(2));
    assert.deepEqual((await stack.up()).summary.resourceChanges, { create: 3 });
    console.log(await bucket.keys());
    assert.deepEqual((await stack.preview()).changeSummary, { same: 3 });
    assert.deepEqual((await stack.refresh()).summary.resourceChanges, { same: 3 });
    await stack.destroy();
    await stack.workspace.removeStack("dev");
    console.log(await bucket.keys());
  });
});
