import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { failureOf, roleOf, schemaOf, tagOf } from "../../../examples/app/behaviour.ts";
import { runApp, type Running } from "./running.ts";

describe("examples/app", () => {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));

  const run = (image: string, env: Record<string, string> = {}, words: string[] = []): Promise<Running> =>
    runApp(closing, image, env, words);

  it("answers with what it is", async () => {
    const env = { TEAL_TENANT: "acme", TEAL_ENVIRONMENT: "staging", TEAL_COLOR: "green" };
    const { get } = await run("registry:5000/teal/app:2.1.0", env);
    assert.deepEqual(JSON.parse((await get("/")).text), {
      tenant: "acme",
      environment: "staging",
      color: "green",
      version: "2.1.0",
    });
    assert.deepEqual(await get("/healthz"), { status: 200, text: "ok" });
    assert.deepEqual(await get("/livez"), { status: 200, text: "ok" });
    assert.equal((await get("/nowhere")).status, 404);
  });

  it("takes its version from the environment where it is there", async () => {
    const { get } = await run("app@sha256:abc", { TEAL_VERSION: "7" });
    assert.equal((JSON.parse((await get("/")).text) as { version: string }).version, "7");
  });

  it("shows config and flags, and no secret", async () => {
    const variants = { on: true, off: false };
    const flags = JSON.stringify({ flags: { new: { state: "ENABLED", variants, defaultVariant: "on" } } });
    const env = { TEAL_CONFIG: '{"plan":"gold"}', TEAL_FLAGS: flags, DATABASE_PASSWORD: "hunter2" };
    const { text } = await (await run("app:1", env)).get("/config");
    assert.deepEqual(JSON.parse(text), { config: { plan: "gold" }, flags: { new: true } });
  });

  it("fails half of its answers, health excepted, when it is erroring", async () => {
    const { get } = await run("app:1-erroring");
    const statuses: number[] = [];
    for (let i = 0; i < 10; i += 1) statuses.push((await get("/")).status);
    assert.equal(statuses.filter((status) => status === 500).length, 5);
    for (let i = 0; i < 4; i += 1) assert.equal((await get("/healthz")).status, 200);
  });

  it("takes its time when it is slow, for health not", async () => {
    const { get } = await run("app:1-slow");
    const began = Date.now();
    await get("/healthz");
    assert.ok(Date.now() - began < 500);
    await get("/");
    assert.ok(Date.now() - began >= 1400);
  });

  it("is never ready, yet alive, when told so", async () => {
    const { get } = await run("app:1-neverready");
    assert.equal((await get("/healthz")).status, 503);
    assert.equal((await get("/livez")).status, 200);
    assert.equal((await get("/")).status, 200);
  });

  it("crashes with a line that says why", async () => {
    const { exits, lines } = await run("app:1-crashing");
    await sleep(350);
    assert.deepEqual(exits, [1]);
    assert.match(lines.at(-1) ?? "", /crashed: /);
  });

  it("migrates and ends; or fails to", async () => {
    const well = await run("app:1", {}, ["migrate"]);
    const badly = await run("app:1-migrationfails", {}, ["node", "migrate.js"]);
    await sleep(450);
    assert.deepEqual([well.exits, badly.exits], [[0], [1]]);
  });

  it("serves only health as a background component", async () => {
    const { app, get } = await run("app:1", {}, ["background"]);
    assert.equal(app.role, "background");
    assert.equal((await get("/healthz")).status, 200);
    assert.equal((await get("/")).status, 404);
  });

  it("isn't ready any more once it drains, and closes connections", async () => {
    const { app, get } = await run("app:1");
    app.drain();
    assert.equal((await get("/healthz")).status, 503);
    assert.equal((await get("/")).status, 200);
  });

  it("reads tags, failures and roles", () => {
    assert.equal(tagOf("a/b:1.2"), "1.2");
    assert.equal(tagOf("host:5000/a"), "latest");
    assert.equal(tagOf("host:5000/a:x@sha256:00"), "x");
    assert.equal(failureOf("1.0-slow"), "slow");
    assert.equal(failureOf("slow"), undefined);
    assert.equal(roleOf([], { TEAL_COMPONENT: "background" }), "background");
    assert.equal(roleOf(["serve"], {}), "web");
    const schemas = ["2.1.0", "v3.0.0-slow", "latest", "0.9.0", "12.0.0-breaking", "1", "20260101-abc"].map(schemaOf);
    assert.deepEqual(
      schemas.map(({ schema, breaking }) => (breaking ? `${schema} breaking` : schema)),
      [2, 3, 1, 1, "12 breaking", 1, 1],
    );
  });
});
