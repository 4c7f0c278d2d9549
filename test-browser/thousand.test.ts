import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { Registry } from "prom-client";
import { createAutomation } from "../automation/commands/createAutomation.ts";
import { createApp } from "../server/app.ts";
import { listen } from "../server/listen.ts";
import { startPostgres } from "../start/postgres.ts";
import { openBooks } from "../test/automation/books.ts";
import { depsOn } from "../test/automation/deps.ts";
import { seedFleet } from "../test/automation/seed.ts";
import { ConsolePage } from "./support/console.ts";

const environment = "production";
const E = `/environments/${environment}`;

describe("the console with 1,000 tenants", function () {
  this.timeout(240_000);
  let at: ConsolePage;
  const ends: (() => Promise<unknown>)[] = [];

  before(async () => {
    const directory = mkdtempSync(join(tmpdir(), "teal-browser-"));
    ends.push(async () => rmSync(directory, { recursive: true, force: true }));
    // As root, PostgreSQL runs as another user, who must get through.
    chmodSync(directory, 0o711);
    const postgres = await startPostgres({ directory, log: () => undefined });
    ends.push(() => postgres.stop());
    const { ledger, queue, close } = await openBooks(postgres.url);
    ends.push(close);
    await ledger.declareEnvironments([environment]);
    await seedFleet(ledger, { environment, tenants: 1000 });
    const automation = createAutomation(depsOn({ ledger, queue }, [environment]));
    const about = {
      environments: [environment],
      target: "sandbox" as const,
      listen: "127.0.0.1",
      version: "0.0.0-test",
    };
    const app = createApp({
      automation,
      ...about,
      previewUrl: "http://localhost",
      logger: pino({ level: "silent" }),
      metrics: new Registry(),
      ready: () => true,
    });
    const server = await listen(app, { port: 0, address: "127.0.0.1" });
    ends.push(server.close);
    at = await ConsolePage.open(`http://127.0.0.1:${server.port}`);
    ends.push(() => at.close());
  });
  after(async () => {
    for (const end of ends.reverse()) await end();
  });

  it("shows the fleet, with no more lines in the page than are seen", async () => {
    const begun = performance.now();
    await at.goto(`${E}/fleet`);
    await at.link("Customer seeded-00000").waitFor();
    const shown = performance.now() - begun;
    const paint = await at.page.evaluate<number>(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0",
    );
    console.log(
      `      first paint ${paint.toFixed(0)} ms, first tenant ${shown.toFixed(0)} ms after the address was entered`,
    );
    const rows = await at.page.getByRole("row").count();
    assert.ok(rows > 5 && rows < 100, `${rows} rows are in the page`);
    assert.equal(await at.page.getByRole("table").getAttribute("aria-rowcount"), "1001");
  });

  it("scrolls to the end", async () => {
    const frames = await at.page.evaluate<number[]>(scrollThrough);
    const sorted = frames.toSorted((a, b) => a - b);
    const [median, worst] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
    console.log(`      ${frames.length} frames: median ${median.toFixed(1)} ms, longest ${worst.toFixed(1)} ms`);
    await at.link("Customer seeded-00999").waitFor();
  });

  it("finds one by its host name, and groups by ring", async () => {
    await at.page.getByRole("searchbox").fill("seeded-00777.production");
    await at.sees("1 tenant shown");
    await at.link("Customer seeded-00777").waitFor();
    await at.button("Show all").click();
    await at.page.getByLabel("Group").selectOption("ring");
    await at.page.getByRole("cell", { name: /^Ring 0/ }).waitFor();
    assert.match(at.page.url(), /group=ring/);
  });

  it("shows what needs a person of all of them", async () => {
    await at.goto("/");
    await at.page.getByRole("article").first().waitFor();
    at.checkQuiet();
  });
});

/** Runs in the page: scrolls to the end by half a screen a frame, and gives how long each frame took, milliseconds. */
const scrollThrough = `new Promise((done) => {
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    const before = window.scrollY;
    window.scrollBy(0, window.innerHeight / 2);
    if (window.scrollY === before && frames.length > 10) done(frames.slice(1));
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})`;
