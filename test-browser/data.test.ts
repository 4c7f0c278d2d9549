import assert from "node:assert/strict";
import type { Route } from "playwright-core";
import axe from "axe-core";
import type { AxeResults } from "axe-core";
import { backupView, newRestore, restorePreview, type BackupView, type RestorePreview } from "../model/backup.ts";
import { TestTeal } from "../test/e2e/teal.ts";
import { ConsolePage } from "./support/console.ts";

const id = "5f0c6a52-6c55-4f4e-9a3b-0d6a8c1b2e3f";
const backup: BackupView = backupView.parse({
  id,
  environment: "develop",
  tenant: "acme",
  takenAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  takenFor: "rollout",
  by: "Ada",
  reason: "before 2.0.0",
  provider: "files",
  location: "backups/acme",
  bytes: 1_440_000,
  files: 12,
  checksum: "sha256:0",
  release: "1.0.0",
  image: "teal/app:1.0.0",
  revision: 1,
  weights: { blue: 100, green: 0 },
});
const preview: RestorePreview = restorePreview.parse({
  backup,
  plan: "0123456789abcdef",
  minutesLost: 75,
  release: { from: "2.0.0", to: "1.0.0" },
  withdrawn: false,
  notes: ["The settings stay as they are now."],
});

/** What the page shows and sends. The answers are made here, by the API's schemas; that restores restore is tested elsewhere. */
describe("the console's Data tab", function () {
  this.timeout(120_000);
  let teal: TestTeal;
  let at: ConsolePage;
  const sent: unknown[] = [];

  before(async () => {
    teal = await new TestTeal().start();
    await teal.release("1.0.0");
    const made = await teal.ending(await teal.provision("acme", "1.0.0"));
    at = await ConsolePage.open(teal.api);
    const json = (route: Route, status: number, content: unknown) => route.fulfill({ status, json: content });
    await at.page.route(/\/tenants\/acme\/backups/, (route) => json(route, 200, { items: [backup] }));
    await at.page.route(/\/tenants\/acme\/restore\/preview$/, (route) => json(route, 200, preview));
    await at.page.route(/\/tenants\/acme\/restore$/, (route) => {
      sent.push(route.request().postDataJSON());
      return json(route, 202, made);
    });
  });
  after(async () => {
    await at.close();
    await teal.stop();
  });

  it("lists backups, with size, release, who and why", async () => {
    await at.goto("/environments/develop/tenants/acme/data");
    await at.sees(/1\.4 MB, with release/);
    await at.sees(/taken for a rollout by Ada: “before 2.0.0”/);
    await at.page.evaluate(axe.source);
    const { violations } = await at.page.evaluate<AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
    assert.deepEqual(violations, []);
  });

  it("says what a restore would lose, and restores just what was shown", async () => {
    await at.button(/^Restore the backup of/).click();
    await at.sees("What was written in the last 1 h 15 min would be lost.");
    await at.sees("The settings stay as they are now.");
    const dialog = at.page.getByRole("dialog");
    assert.equal(await dialog.getByRole("button", { name: "Restore", exact: true }).isDisabled(), true);
    await dialog.getByLabel("Reason").fill("orders were deleted");
    await dialog.getByRole("button", { name: "Restore", exact: true }).click();
    await at.page.waitForURL(/\/operations\//);
    assert.deepEqual(sent, [{ backup: id, plan: preview.plan, reason: "orders were deleted" }]);
    newRestore.parse(sent[0]);
    at.checkQuiet();
  });
});
