import assert from "node:assert/strict";
import type { BackupView } from "../model/backup.ts";
import type { OperationView, PolicyView } from "../model/views.ts";
import { TestTeal } from "../test/e2e/teal.ts";
import { faultsInBothThemes } from "./support/axe.ts";
import { ConsolePage } from "./support/console.ts";

const tenantPage = "/environments/develop/tenants/acme";
const api = "/v1/environments/develop/tenants/acme";

describe("the console and a tenant's data", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let at: ConsolePage;

  before(async () => {
    teal = await new TestTeal().start();
    at = await ConsolePage.open(teal.api);
  });
  after(async () => {
    await at.close();
    await teal.stop();
  });
  afterEach(() => at.checkQuiet());

  const write = async (text: string) => assert.equal((await teal.send("acme", "/notes", { text })).status, 201);
  const texts = async () => {
    const { notes } = (await teal.visit("acme", "/notes")).body as unknown as { notes: { text: string }[] };
    return notes.map(({ text }) => text).sort();
  };
  const backups = async () => (await teal.accepted<{ items: BackupView[] }>("GET", `${api}/backups`)).items;
  const dialog = () => at.page.getByRole("dialog");
  /** The operation that the page shows. */
  const shownOperation = () => teal.operation(new URL(at.page.url()).pathname.split("/").at(-1)!);
  /** Restores what the open dialog shows, and waits for the restore's end on its page. */
  const restore = async (reason: string): Promise<OperationView> => {
    const button = dialog().getByRole("button", { name: "Restore", exact: true });
    assert.equal(await button.isDisabled(), true, "a restore needs a reason");
    await dialog().getByLabel("Reason").fill(reason);
    await button.click();
    await at.page.getByRole("heading", { level: 1, name: "Restore" }).waitFor();
    await at.sees("The story");
    return await shownOperation();
  };

  it("registers releases that keep data and say how they migrate", async () => {
    for (const [version, compatible] of [
      ["1.0.0", true],
      ["3.0.0-breaking-migrationfails", false],
    ] as const) {
      await at.goto("/environments/develop/start/release");
      await at.page.getByLabel("Version").fill(version);
      await at.page.getByLabel("Image").fill(`teal/app:${version}`);
      await at.page.getByText("Port, checks, data, migration").click();
      await at.page.getByLabel("Path of its data").fill("/data");
      await at.page.getByLabel("Migration of the data").selectOption(compatible ? "compatible" : "incompatible");
      await at.page.getByLabel("Command of the migration").fill("migrate");
      await at.button("Register").click();
      await at.page.getByRole("heading", { level: 1, name: version }).waitFor();
      await at.sees(compatible ? /the previous release can live with/ : /there is no way back from/);
    }
  });

  it("sets the policy's terms for data", async () => {
    await at.goto("/environments/develop/policy");
    await at.button("Change the policy").click();
    await at.page.getByLabel("Longest outage").fill("0");
    await at.page.getByLabel("Reason").fill("outages are to be seen");
    assert.equal(await at.button("Set version 1").isDisabled(), true, "0 s are no limit");
    await at.page.getByLabel("Longest outage").fill("1");
    await at.page.getByLabel("Backups to keep").fill("5");
    await at.page.getByLabel("Time to migrate").fill("120");
    assert.deepEqual(await faultsInBothThemes(at.page, "policy's form"), []);
    await at.button("Set version 1").click();
    await at.sees("of more than 1 s is told as too long");
    await at.sees(/before each rollout, the newest 5 of a tenant are kept/);
    const { policy } = await teal.accepted<PolicyView>("GET", "/v1/environments/develop/policy");
    const { strategy, backup, keepBackups, migrateSeconds, maxOutageSeconds } = policy;
    assert.deepEqual(
      [strategy, backup, keepBackups, migrateSeconds, maxOutageSeconds],
      ["blue-green", "before-rollout", 5, 120, 1],
    );
  });

  it("shows what a migration wrote, and on what a tenant keeps its data", async () => {
    const made = await teal.provision("acme", "1.0.0");
    await at.goto(`/operations/${made.id}`);
    await at.sees("The story");
    await at.sees("What the migration wrote");
    await at.sees(/migrat/);
    await at.goto(tenantPage);
    await at.sees("on a volume of 1 GiB");
    await at.sees(/as the migration of 1\.0\.0 left it/);
  });

  it("backs up when asked to, and lists it with size, release, who and why", async () => {
    await write("kept");
    await at.link("Data").click();
    await at.sees("There is no backup yet.");
    await at.button("Back up now").click();
    await dialog().getByLabel("Your name").fill("Ada");
    await dialog().getByLabel("Reason").fill("before the audit");
    await dialog().getByRole("button", { name: "Back up", exact: true }).click();
    await at.page.getByRole("heading", { level: 1, name: "Backup" }).waitFor();
    await at.sees("The story");
    assert.equal((await shownOperation()).state, "succeeded");
    await at.goto(`${tenantPage}/data`);
    await at.sees(/[kM]B, with release 1\.0\.0/);
    await at.sees(/taken by Ada: “before the audit”/);
    assert.deepEqual(await faultsInBothThemes(at.page, "Data"), []);
  });

  it("says what a restore would lose, restores just that, and says how long nobody was served", async () => {
    await write("lost");
    assert.deepEqual(await texts(), ["kept", "lost"]);
    await at.button(/^Restore the backup of/).click();
    await at.sees("1 min of writes would be lost: what came after this backup.");
    await at.sees(/^Nobody is served from when/);
    assert.deepEqual(await faultsInBothThemes(at.page, "the restore's dialog"), []);
    const { state, kind, outage, reason } = await restore("a wrong import");
    assert.deepEqual([state, kind, reason, outage?.limitSeconds], ["succeeded", "restore", "a wrong import", 1]);
    assert.deepEqual(await texts(), ["kept"]);
    await at.sees(/of at most 1 s/);
    assert.equal(await at.page.getByText("Too long").isVisible(), outage!.tooLong);
    assert.deepEqual(await faultsInBothThemes(at.page, "the restore"), []);
  });

  it("has saved what it replaced, so that a restore to a time undoes it", async () => {
    await at.goto(`${tenantPage}/data`);
    await at.sees(/taken for a restore by Ada: “a wrong import”/);
    await at.button("Restore to a time…").click();
    // By the reader's clock, to the minute: the next one is after all that there is.
    const next = new Date(Date.now() + 60_000);
    const local = new Date(next.getTime() - next.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await dialog().getByLabel("As it was at").fill(local);
    await at.button("See what that would do").click();
    await at.sees(/^Nothing would be lost/);
    assert.equal((await restore("it was right after all")).state, "succeeded");
    assert.deepEqual(await texts(), ["kept", "lost"]);
  });

  it("says what stays where a rollback moves traffic only", async () => {
    const terms = { volume: { path: "/data" }, migration: { command: ["migrate"], compatible: true } };
    await teal.release("2.0.0", terms);
    await teal.ending(await teal.rollout("acme", "2.0.0", { settling: "keep" }));
    await at.goto(tenantPage);
    await at.button("More").click();
    await at.page.getByRole("menuitem", { name: "Roll back" }).click();
    await dialog().getByLabel("Reason").fill("too slow");
    await dialog().getByRole("button", { name: "Roll back", exact: true }).click();
    await at.page.getByRole("heading", { level: 1, name: "Rollback to 1.0.0" }).waitFor();
    await at.sees("This stays as it is");
    await at.sees(/migration of release 2\.0\.0/);
    await at.sees("The story");
    assert.equal((await shownOperation()).state, "succeeded");
  });

  it("says before a release without a way back that nobody will be served, and tells how it went wrong", async () => {
    await at.goto("/environments/develop/start/rollout?tenant=acme&release=3.0.0-breaking-migrationfails");
    await at.sees(/^Nobody is served while the new release replaces the old one/);
    await at.button("Preview").click();
    await at.sees("This would be done while nobody is served");
    await at.button(/^Roll out 3/).click();
    await at.sees("Why it waits");
    await at.sees("recreate: nobody is served while one replaces the other");
    await at.sees(/so far/);
    await at.sees("Every request is answered with 503 until a person has it go on, or ends it.");
    assert.equal((await teal.visit("acme")).status, 503);
    await at.confirm(at.button("Abort"), "Abort", "back to before");
    await at.sees("Why it ended so");
    await at.sees(/on: it left the service shut/);
  });

  it("tells a tenant that was left shut from one that somebody suspended, and restores it", async () => {
    await at.link("acme").first().click();
    await at.sees("Shut for maintenance, and left so");
    assert.equal(await at.page.getByText("Suspended", { exact: true }).count(), 0);
    await at.sees("none: shut for maintenance");
    assert.deepEqual(await faultsInBothThemes(at.page, "a tenant left shut"), []);
    await at.link("See its backups").click();
    const [newest] = await backups();
    assert.equal(newest!.takenFor, "rollout");
    await at.button(`Restore the backup of ${newest!.takenAt}`).click();
    assert.equal((await restore("back to before")).state, "succeeded");
    assert.deepEqual(await texts(), ["kept", "lost"]);
    await at.goto(tenantPage);
    await at.page.getByRole("heading", { name: /^Live 1.0.0/ }).waitFor();
    assert.equal(await at.page.getByText(/Shut for maintenance/).count(), 0);
  });

  describe("in clusters of its own", () => {
    const plan = "0123456789abcdef";
    const asked: { path: string; body: unknown }[] = [];
    const clusters = [
      { generation: 1, identifier: "develop-acme-1", state: "waiting" },
      {
        generation: 2,
        identifier: "develop-acme-2",
        state: "in-use",
        restoredFrom: { cluster: "develop-acme-1", at: "2026-11-28T03:14:07Z" },
      },
    ];

    /** There is no AWS here: what its API would tell is put into its answers, all else is Teal's own. */
    before(async () => {
      await at.page.route(`**${api}`, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), clusters } });
      });
      await at.page.route(`**${api}/restore/**`, async (route) => {
        const path = new URL(route.request().url()).pathname.replace(`${api}/`, "");
        asked.push({ path, body: route.request().postDataJSON() });
        if (path === "restore/confirm/preview")
          return await route.fulfill({
            json: {
              plan,
              inUse: clusters[1],
              removed: [{ ...clusters[0], lastSnapshot: "develop-acme-1-last" }],
              notes: ["What runs stays as it is, and is served meanwhile."],
            },
          });
        if (path === "restore/preview")
          return await route.fulfill({
            json: {
              pointInTime: {
                at: "2026-11-28T03:14:07Z",
                cluster: "develop-acme-2",
                earliest: "2026-11-21T03:20:11Z",
                latest: "2026-11-28T09:55:02Z",
              },
              plan,
              minutesLost: 401,
              release: { from: "1.0.0", to: "1.0.0" },
              withdrawn: false,
              notes: [],
            },
          });
        const [last] = (await teal.accepted<{ items: OperationView[] }>("GET", "/v1/operations?limit=1")).items;
        return await route.fulfill({ status: 202, json: last });
      });
      await at.goto(`${tenantPage}/data`);
    });
    after(() => at.page.unrouteAll({ behavior: "wait" }));

    it("shows them, and removes one that a restore left behind, once what goes and what stays was read", async () => {
      await at.sees("kept until you confirm that it may go");
      await at.sees("made of develop-acme-1 as it was at 2026-11-28T03:14:07Z");
      assert.equal(await at.button(/^Remove cluster/).count(), 1, "what is in use can't be removed");
      assert.deepEqual(await faultsInBothThemes(at.page, "clusters"), []);
      await at.button("Remove cluster develop-acme-1").click();
      await at.sees("Cluster develop-acme-1 is deleted for good.");
      await at.sees(/develop-acme-1-last, stays/);
      assert.deepEqual(await faultsInBothThemes(at.page, "the removal's dialog"), []);
      const remove = dialog().getByRole("button", { name: "Remove", exact: true });
      assert.equal(await remove.isDisabled(), true, "a removal needs a reason");
      await dialog().getByLabel("Reason").fill("the restored data is right");
      await remove.click();
      await at.sees("The story");
      assert.deepEqual(asked.at(-1), {
        path: "restore/confirm",
        body: { clusters: [1], plan, reason: "the restored data is right" },
      });
    });

    it("asks for a moment to the second", async () => {
      await at.goto(`${tenantPage}/data`);
      await at.button("Restore to a time…").click();
      await dialog().getByLabel("As it was at").fill("2026-11-28T03:14:07");
      await at.button("See what that would do").click();
      await at.sees(/of writes would be lost: what came after that moment\.$/);
      const { pointInTime } = asked.at(-1)!.body as { pointInTime: string };
      assert.equal(new Date(pointInTime).getUTCSeconds(), 7);
      assert.deepEqual(await faultsInBothThemes(at.page, "the dialog of a moment"), []);
    });
  });
});
