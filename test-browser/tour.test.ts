import assert from "node:assert/strict";
import { TestTeal } from "../test/e2e/teal.ts";
import { ConsolePage } from "./support/console.ts";

/** The tour of README.md, by clicking. */
describe("the console, by clicking", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let at: ConsolePage;

  before(async () => {
    teal = await new TestTeal().start();
    at = await ConsolePage.open(teal.api);
    // Somebody who has said who they are.
    await at.goto("/");
    await at.button("Say who you are").click();
    await at.fill("Your name", "Ada");
    await at.button("Keep").click();
  });
  after(async () => {
    await at.close();
    await teal.stop();
  });
  afterEach(() => at.checkQuiet());

  it("begins with what to do where there is nothing yet", async () => {
    await at.sees("Begin in develop");
    await at.link("Register a release").click();
    for (const version of ["1.0.0", "2.0.0", "3.0.0-erroring"]) {
      await at.page.getByLabel("Version").fill(version);
      await at.page.getByLabel("Image").fill(`teal/app:${version}`);
      await at.button("Register").click();
      await at.page.getByRole("heading", { level: 1, name: version }).waitFor();
      await at.goto("/environments/develop/start/release");
    }
  });

  it("shows at its field what a form has wrong, and makes nothing", async () => {
    await at.link("New tenant").click();
    await at.page.getByLabel("Name", { exact: true }).fill("Acme Ltd");
    await at.page.getByLabel("Id").fill("Acme!");
    await at.button("Preview").click();
    await at.sees(/Expected a DNS label/);
    assert.equal((await teal.call("GET", "/v1/environments/develop/tenants/acme-ltd")).status, 404);
  });

  it("previews a tenant, and makes it", async () => {
    await at.page.getByLabel("Id").fill("acme");
    await at.page.getByLabel("Release", { exact: true }).selectOption("1.0.0");
    await at.button("Preview").click();
    await at.sees(/objects made, nothing removed/);
    await at.sees("Nothing has been made yet.");
    await at.button("Make acme").click();
    await at.page.getByRole("heading", { name: "New tenant with 1.0.0" }).waitFor();
    await at.sees("The story");
    await at.sees("Succeeded");
    assert.equal((await teal.visit("acme")).body.version, "1.0.0");
    const [operation] = (await teal.call<{ items: { actor: string }[] }>("GET", "/v1/operations")).body.items;
    assert.equal(operation?.actor, "Ada");
  });

  it("starts a rollout that asks before it gets all of the traffic", async () => {
    await at.link("acme").click();
    await at.link("Roll out…").click();
    await at.page.getByLabel("Release", { exact: true }).selectOption("2.0.0");
    await at.page.getByText("Otherwise than the policy says").click();
    await at.page.getByLabel("Steps, percent").fill("10, 50, 100");
    await at.page.getByLabel("Watch each step, seconds").fill("1");
    // Ended by hand below, however long a browser takes.
    await at.page.getByLabel("Hold the old slot, seconds").fill("600");
    await at.page.getByLabel("Ask for an approval before it gets all of the traffic").check();
    await at.button("Preview").click();
    await at.sees("This would be done first; then traffic moves step by step");
    await at.button("Roll out 2.0.0").click();
    await at.page.getByRole("heading", { name: "Rollout of 2.0.0" }).waitFor();
  });

  it("shows the weights as they move, without a reload", async () => {
    await at.page.getByRole("img", { name: "Traffic: blue 50 %, green 50 %" }).first().waitFor();
    await at.sees("Shall the new release get all of the traffic?");
    await at.sees("Moves traffic, and changes nothing else.");
    await at.sees(/Without an answer it goes back/);
  });

  it("shows what waits on the first page, and lets it be approved", async () => {
    await at.link(/^Needs you/).click();
    await at.sees("Needs approval");
    assert.match(await at.page.title(), /^\(1\) Needs you/);
    await at.link("Look and decide").click();
    await at.confirm(at.button("Approve"), "Approve", "looks good");
    await at.page.getByRole("img", { name: "Traffic: green 100 %" }).first().waitFor();
    await at.sees(/old slot is kept as it was/);
    await at.confirm(at.button("Finish now"), "Finish now", "no need to wait");
    await at.sees("The story");
    await at.sees(/Ada asked for approve: looks good/);
    assert.equal((await teal.visit("acme")).body.version, "2.0.0");
  });

  it("shows why a broken release went back, and takes note of it", async () => {
    await at.goto("/environments/develop/start/rollout?tenant=acme&release=3.0.0-erroring");
    await at.button("Preview").click();
    await at.button("Roll out 3.0.0-erroring").click();
    await at.sees("Why it ended so");
    await at.sees(/answered 500, expected 200/);
    await at.sees("The release is at fault");
    assert.equal((await teal.visit("acme")).body.version, "2.0.0");
    await at.link(/^Needs you/).click();
    await at.sees(/answered 500, expected 200/);
    await at.confirm(at.button("Take note"), "Take note", "told the developers");
    await at.sees("Nothing needs you");
  });

  it("shows the tenant inside: slots, pods, logs, stack", async () => {
    await at.goto("/environments/develop/tenants/acme");
    await at.sees("Who gets what");
    await at.page.getByRole("heading", { name: /^Live 2.0.0/ }).waitFor();
    await at.link("Logs").click();
    await at.page
      .getByRole("cell", { name: /^green-web|^blue-web/ })
      .first()
      .waitFor();
    await at.link("Internals").click();
    await at.sees(/HTTPRoute/);
    await at.sees(/pulumi /);
    await at.button("Look now").click();
    await at.sees("As Teal left it");
  });

  it("previews a change of settings, and applies it", async () => {
    await at.link("Changes").click();
    await at.button("Change settings").click();
    await at.page.getByLabel("Name", { exact: true }).fill("Acme Limited");
    await at.button("Preview").click();
    await at.sees("It is applied in place.");
    await at.button("Apply").click();
    await at.page.getByRole("heading", { name: "Change of settings" }).waitFor();
    await at.sees("The story");
    assert.equal((await teal.tenant("acme")).name, "Acme Limited");
  });

  it("stops and resumes the environment from any page", async () => {
    await at.confirm(at.button(/^Stop/), "Stop develop", "incident 12");
    await at.sees(/develop is stopped/);
    assert.ok((await teal.call("GET", "/v1/environments/develop")).body["stopped"]);
    await at.confirm(at.button("Resume develop"), "Resume", "it is over");
    await at.page.getByText(/develop is stopped/).waitFor({ state: "detached" });
  });
});
