import assert from "node:assert/strict";
import fc from "fast-check";
import { logLines } from "../../../automation/commands/inside/logLines.ts";
import type { FoundLogs } from "../../../automation/probes/logs.ts";
import type { FoundPods } from "../../../automation/probes/pods.ts";
import { masking } from "../../../automation/stacks/mask.ts";
import { logsView, podLimits, podsView } from "../../../model/console/pods.ts";
import { call, openHarness, provisioned, run, tenant, type Harness } from "../harness.ts";
import { depsOn } from "../deps.ts";

const production = "production";
const pem = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG\nw0BAQEFAASC\n-----END KEY-----";
const at = "2026-01-01T00:00:00.123456789Z";

describe("a tenant's inside", () => {
  let harness: Harness;
  let pods: FoundPods;
  let logs: FoundLogs;
  const asked: unknown[] = [];
  before(async () => {
    const inside = {
      pods: async (...args: unknown[]) => (asked.push(args), pods),
      logs: async (...args: unknown[]) => (asked.push(args), logs),
    };
    harness = await openHarness({ inside: { ...depsOn({} as never, []).inside, ...inside } });
    await provisioned(harness, tenant("acme", { secrets: { API_KEY: "hunter22", PEM: pem } }));
  });
  after(() => harness.close());

  const pod = (name: string, color: "blue" | "green" | null, message?: string): FoundPods["pods"][number] => {
    const container = { name: "app", image: "i:1", ready: true, restarts: 0, state: "running" as const };
    const how = {
      component: "web",
      phase: "Running",
      ready: true,
      terminating: false,
      restarts: 0,
      node: null,
      createdAt: null,
    };
    return { name, color, ...how, containers: [{ ...container, ...(message && { message }) }] };
  };

  it("shows pods by the role of their color, and masks what messages say", async () => {
    const event = {
      at: null,
      type: "Warning",
      reason: "Failed",
      object: "Pod/a",
      message: "env API_KEY=hunter22",
      count: 1,
    };
    pods = { pods: [pod("a", "blue", "no hunter22"), pod("b", "green"), pod("c", null)], more: true, events: [event] };
    const found = podsView.parse(await harness.automation.tenants.pods(production, "acme"));
    assert.deepEqual(
      found.items.map(({ name, role }) => [name, role]),
      [
        ["a", "live"],
        ["b", "other"],
        ["c", null],
      ],
    );
    assert.deepEqual(
      [found.items[0]?.containers[0]?.message, found.events[0]?.message],
      ["no [secret]", "env API_KEY=[secret]"],
    );
    assert.deepEqual([found.more, asked.at(-1)], [true, ["production-acme"]]);
    await assert.rejects(harness.automation.tenants.pods(production, "nobody"), { code: "tenant_not_found" });
  });

  it("masks the secrets of slots, of settings to come and of the preview in logs", async () => {
    const patch = { secrets: { API_KEY: "correct-horse" } };
    const { id } = (await harness.automation.tenants.patch(production, "acme", patch, 1, call))!;
    const { operation } = await run(harness.ledger, id, "verifying");
    const lines = ["old hunter22", "new correct-horse", `token ${operation.move!.token}`, ...pem.split("\n")];
    const text = lines.map((line) => `${at} ${line}\n`).join("");
    logs = {
      logs: [{ pod: "a", color: "blue", container: "app", previous: false, text, problem: "hunter22" }],
      more: false,
    };
    const wanted = { color: "blue" as const, previous: false, lines: 100 };
    const found = logsView.parse(await harness.automation.tenants.logs(production, "acme", wanted));
    const texts = found.items[0]!.lines.map((line) => line.text);
    assert.deepEqual(texts.slice(0, 3), ["old [secret]", "new [secret]", "token [secret]"]);
    for (const part of pem.split("\n").slice(1, 3)) assert.ok(!JSON.stringify(found).includes(part), part);
    assert.deepEqual([found.items[0]?.problem, asked.at(-1)], ["[secret]", ["production-acme", wanted]]);
  });
});

describe("lines of a log", () => {
  const none = masking([]);

  it("come with their times", () => {
    const { lines, truncated } = logLines(`${at} one\n${at} \nthree: no time\n`, none, 10);
    const time = "2026-01-01T00:00:00.123Z";
    assert.deepEqual(lines, [
      { at: time, text: "one" },
      { at: time, text: "" },
      { at: null, text: "three: no time" },
    ]);
    assert.equal(truncated, false);
    assert.deepEqual(logLines("", none, 10), { lines: [], truncated: false });
  });

  it("say that there may be more before, and leave out what was cut off", () => {
    assert.equal(logLines("a\nb\n", none, 2).truncated, true);
    assert.deepEqual(logLines("a\nhunter2", none, 10), { lines: [{ at: null, text: "a" }], truncated: true });
  });

  it("are the last ones that fit, however long they are", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { minLength: 1, maxLength: 60 }), (lengths) => {
        const text = lengths.map((length) => `${"x".repeat(length)}\n`).join("");
        const { lines, truncated } = logLines(text, none, 1000);
        const bytes = lines.reduce((sum, line) => sum + line.text.length + 1, 0);
        assert.ok(bytes <= podLimits.bytes);
        assert.equal(truncated, lines.length < lengths.length);
        const last = lengths.slice(lengths.length - lines.length).map((length) => Math.min(length, 16_384));
        assert.deepEqual(
          lines.map((line) => line.text.length),
          last,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("hold no secret, wherever it is in a line", () => {
    const secret = fc.string({ minLength: 6, maxLength: 20, unit: fc.constantFrom(..."abcXYZ123-") });
    fc.assert(
      fc.property(secret, fc.array(fc.string()), (value, around) => {
        const text = around
          .map((line) => `${at} ${line.replaceAll("\n", " ")}${value}${line.replaceAll("\n", "")}\n`)
          .join("");
        const { lines } = logLines(text, masking([value]), 1000);
        assert.equal(lines.length, around.length);
        assert.ok(lines.every((line) => !line.text.includes(value)));
      }),
    );
  });
});
