import assert from "node:assert/strict";
import { putBackAll } from "../../../automation/adopting/giveBack.ts";
import { takeHostnames } from "../../../automation/adopting/take.ts";
import { readTakenRoutes } from "../../../automation/ledger/adopting/takenRoutes.ts";
import type { Adopts } from "../../../model/adopted.ts";
import { newAdoption } from "../../../model/adopting.ts";
import { call, openHarness, type Harness } from "../harness.ts";
import { depsOn } from "../deps.ts";
import { gateway, Routes } from "./fakeRoutes.ts";

const adopts: Adopts = { namespace: "shop", service: "shop", port: 80, takes: ["a.com", "b.com", "c.com"] };

const untouched = { one: ["a.com", "kept.com"], three: ["other.com"], two: ["b.com", "c.com"] };
const stripped = { one: ["kept.com"], three: ["other.com"] };
const tenure = { permit: async () => undefined };

describe("taking host names", () => {
  let harness: Harness;
  before(async () => {
    harness = await openHarness({ found: { ...depsOn({} as never, []).found, outside: async () => outside } });
  });
  after(() => harness.close());
  const outside = {
    namespace: "shop",
    teals: false,
    workloads: [],
    claims: [],
    whole: adopts.takes,
    elsewhere: [],
    routes: Object.entries(untouched).map(([name, hostnames]) => {
      return { name, hostnames, createdAt: "2026-01-01T00:00:00Z", leadsTo: { service: "shop", port: 80 } };
    }),
  };

  /** An adoption's id, of a tenant of its own. */
  const adoption = async (id: string, hostname: string): Promise<string> => {
    outside.whole = [hostname];
    outside.routes[0]!.hostnames = [hostname];
    const wanted = newAdoption.parse({ name: id, from: { namespace: "shop" }, reason: "a test" });
    return (await harness.automation.tenants.adopt("production", id, wanted, call)).id;
  };
  const effectsOn = ({ cluster }: Routes) => ({ cluster, ledger: harness.ledger, site: { gateway } as never });

  it("leaves none behind, and gives all back, wherever it dies", async () => {
    // Two routes are changed, and as many are put back.
    for (const dies of [0, 1, Infinity]) {
      const id = await adoption(`t${dies}`.toLowerCase(), `t${dies}.com`.toLowerCase());
      const routes = new Routes(structuredClone(untouched));
      const effects = effectsOn(routes);
      routes.left = dies;
      const first = takeHostnames(effects, id, adopts, tenure);
      if (dies === Infinity) await first;
      else await assert.rejects(first, /a crash/);
      routes.left = Infinity;
      await takeHostnames(effects, id, adopts, tenure);
      assert.deepEqual(routes.hostnames, stripped);
      const taken = await harness.ledger.read((db) => readTakenRoutes(db, id));
      const told = taken.map(({ name, hostnames }) => [name, hostnames]);
      assert.deepEqual(told, [
        ["one", ["a.com"]],
        ["two", ["b.com", "c.com"]],
      ]);

      routes.left = dies;
      const back = putBackAll(effects, id, tenure);
      if (dies === Infinity) await back;
      else await assert.rejects(back, /a crash/);
      routes.left = Infinity;
      await putBackAll(effects, id, tenure);
      assert.deepEqual(routes.hostnames, untouched);
    }
  });

  it("takes nothing from any where one leads elsewhere by now, nor as a worker that has lost the operation", async () => {
    const id = await adoption("changed", "changed.com");
    const routes = new Routes(structuredClone(untouched));
    routes.routes.get("two")!.spec.rules = [{ backendRefs: [{ name: "other", port: 80 }] }];
    await assert.rejects(takeHostnames(effectsOn(routes), id, adopts, tenure), {
      code: "adoption_unsafe",
      message: /shop\/two .* leads to Service other:80/,
    });
    const lost = { permit: () => Promise.reject(new Error("lease lost")) };
    routes.routes.get("two")!.spec.rules = [{ backendRefs: [{ name: "shop", port: 80 }] }];
    await assert.rejects(takeHostnames(effectsOn(routes), id, adopts, lost), /lease lost/);
    assert.deepEqual(routes.hostnames, untouched);
  });

  it("is refused, and tried again, where somebody changes a route meanwhile", async () => {
    const id = await adoption("raced", "raced.com");
    const routes = new Routes(structuredClone(untouched));
    const raced = {
      permit: async () => {
        routes.routes.get("one")!.metadata.resourceVersion = "another";
      },
    };
    await assert.rejects(takeHostnames(effectsOn(routes), id, adopts, raced), { code: 409 });
    assert.deepEqual(routes.hostnames, untouched);
  });
});
