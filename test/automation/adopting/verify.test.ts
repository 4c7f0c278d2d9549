import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Effects } from "../../../automation/worker/effects.ts";
import type { Seen } from "../../../automation/worker/seen.ts";
import { verifyAdopted } from "../../../automation/worker/verifyAdopted.ts";
import { newAdoption } from "../../../model/adopting.ts";
import type { Operation } from "../../../model/operation.ts";
import type { TenantSpec } from "../../../tenant/spec.ts";
import { call, openHarness, run, type Harness } from "../harness.ts";
import { depsOn } from "../deps.ts";
import { gateway, Routes } from "./fakeRoutes.ts";

const nothing = async () => undefined;
const tenure = { permit: nothing, tellRepaired: nothing, tellClusters: nothing };

describe("verifying an adoption", () => {
  let harness: Harness;
  const hostname = "a.com";
  const outside = {
    namespace: "shop",
    teals: false,
    adoptable: true,
    workloads: [],
    claims: [],
    whole: [hostname],
    elsewhere: [],
    routes: [
      {
        name: "one",
        hostnames: [hostname],
        createdAt: "2026-01-01T00:00:00Z",
        leadsTo: { service: "shop", port: 80 },
      },
    ],
  };
  before(async () => {
    harness = await openHarness({ found: { ...depsOn({} as never, []).found, outside: async () => outside } });
  });
  after(() => harness.close());

  /** All that it says until it is at an end, of a namespace with one route, beside a gateway that answers as `answer` says. */
  async function verified(id: string, answer: (routes: Routes) => number) {
    const routes = new Routes({ one: [hostname] });
    const server = createServer((_, response) => response.writeHead(answer(routes)).end()).listen(0, "127.0.0.1");
    await new Promise((listening) => server.once("listening", listening));
    const given: TenantSpec[] = [];
    const effects = {
      cluster: routes.cluster,
      ledger: harness.ledger,
      gateway: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      routes: { routing: "gateway", inForce: async () => ({ inForce: true, why: "" }) },
      site: { gateway, cluster: { identifier: "test" }, hostOf: (_: string, tenant: string) => `${tenant}.localhost` },
      outputs: { add: () => undefined },
      stacks: { up: async (spec: TenantSpec) => (given.push(spec), { changes: {}, repaired: [] }) },
    } as unknown as Effects;
    const wanted = newAdoption.parse({ name: id, from: { namespace: "shop" }, reason: "a test" });
    const accepted = await harness.automation.tenants.adopt("production", id, wanted, call);
    const claim = await run(harness.ledger, accepted.id, "verifying");
    let operation: Operation = claim.operation;
    const seen: Seen[] = [];
    try {
      for (let looks = 0; looks < 20; looks++) {
        const one = await verifyAdopted(effects, operation, tenure);
        seen.push(one);
        if ("event" in one) return { last: one, seen, routes, given };
        operation = { ...operation, memory: one.memory ?? operation.memory };
      }
    } finally {
      server.close();
      server.closeAllConnections();
    }
    throw new Error(`It comes to no end: ${JSON.stringify(seen)}`);
  }

  it("ends with the host names taken, where they are answered as before, however that is", async () => {
    outside.whole = outside.routes[0]!.hostnames = [hostname];
    const { last, routes, given } = await verified("fine", () => 503);
    assert.equal(last.event, "verified");
    assert.deepEqual([routes.hostnames, given], [{}, []]);
  });

  it("gives them back where they are answered otherwise, and fails", async () => {
    // Its host name is the first tenant's by now.
    await harness.ledger.transaction((tx) => tx.deleteFrom("tenant_hostnames").execute());
    const { last, routes, given } = await verified("broken", ({ routes: left }) => (left.size === 0 ? 404 : 200));
    assert.deepEqual([last.event, last.outcome?.code], ["failed", "hostnames_not_served"]);
    assert.match(last.message, /a\.com \(404, not 2xx\)/);
    assert.deepEqual(routes.hostnames, { one: [hostname] });
    assert.deepEqual(
      given.map(({ hostnames }) => hostnames),
      [["broken.localhost"]],
    );
  });
});
