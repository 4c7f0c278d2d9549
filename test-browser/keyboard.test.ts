import assert from "node:assert/strict";
import { TestTeal } from "../test/e2e/teal.ts";
import { ConsolePage } from "./support/console.ts";

/** Runs in the page: what has the focus, as it is called there. */
const nameOfFocused = `(() => {
  const element = document.activeElement;
  return element?.labels?.[0]?.innerText || element?.getAttribute("aria-label") || element?.innerText || element?.tagName || "";
})()`;

/** The tour without a mouse: only keys are pressed, and what has the focus is what they reach. */
describe("the console, by keyboard alone", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let at: ConsolePage;

  before(async () => {
    teal = await new TestTeal().start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    at = await ConsolePage.open(teal.api);
    await at.goto("/");
    await at.sees("Begin in develop");
  });
  after(async () => {
    await at.close();
    await teal.stop();
  });
  afterEach(() => at.checkQuiet());

  const press = (key: string) => at.page.keyboard.press(key);
  const type = (text: string) => at.page.keyboard.type(text);
  const focused = () => at.page.evaluate<string>(nameOfFocused);

  /** Tab until what has the focus is called so. */
  async function tabTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    for (let i = 0; i < 80; i++) {
      await press("Tab");
      const now = await focused();
      if (name.test(now)) return;
      passed.push(now);
    }
    assert.fail(`Tab did not reach ${name}; it passed ${passed.join(" | ")}`);
  }

  /** `/`, a part of a name, Enter. */
  async function jump(text: string): Promise<void> {
    await press("/");
    await at.page.getByRole("dialog").getByRole("searchbox").waitFor();
    await type(text);
    await at.page.getByRole("listbox").getByRole("option").first().waitFor();
    await press("ArrowDown");
    await press("Enter");
  }

  it("skips to the content", async () => {
    await at.page.evaluate("document.activeElement?.blur()");
    await press("Tab");
    assert.match(await focused(), /Skip to the content/);
    await press("Enter");
    assert.equal(await at.page.evaluate("document.activeElement?.id"), "main");
  });

  it("makes a tenant", async () => {
    await jump("New tenant");
    await at.page.getByRole("heading", { level: 2, name: "New tenant" }).waitFor();
    await tabTo(/^Name/);
    await type("Globex");
    await tabTo(/^Release/);
    await type("1");
    await press("Enter");
    await tabTo(/^(Preview|Make)/);
    await press("Enter");
    await at.sees("Nothing has been made yet.");
    // The focus has stayed where it was.
    assert.match(await focused(), /^Make globex/);
    await press("Enter");
    await at.page.getByRole("heading", { name: /New tenant with/ }).waitFor();
    await at.sees("The story");
  });

  it("jumps to it, rolls out, and approves", async () => {
    await at.goto("/environments/develop/fleet");
    await at.link("Globex").waitFor();
    await jump("glob");
    await at.page.getByRole("heading", { level: 1, name: "Globex" }).waitFor();
    const live = (await teal.tenant("globex")).release;
    const next = live === "1.0.0" ? "2.0.0" : "1.0.0";
    await tabTo(/^Roll out/);
    await press("Enter");
    await at.page.getByLabel("Release", { exact: true }).waitFor();
    await tabTo(/^Release/);
    await type(next.slice(0, 1));
    await tabTo(/^Otherwise than the policy says/);
    await press("Enter");
    await tabTo(/^Ask for an approval before it gets any traffic/);
    await press("Space");
    await tabTo(/^Preview/);
    await press("Enter");
    await at.sees("Nothing has been done yet.");
    assert.match(await focused(), new RegExp(`^Roll out ${next}`));
    await press("Enter");
    await at.sees("Shall the new release get its first traffic?");
    await at.button("Approve").waitFor();
    await tabTo(/^Approve/);
    await press("Enter");
    await at.page.getByRole("dialog").waitFor();
    await tabTo(/^Reason/);
    await type("seen and found good");
    await tabTo(/^Approve/);
    await press("Enter");
    await at.page.getByRole("dialog").waitFor({ state: "detached" });
    await at.sees("The story", 120_000);
    assert.equal((await teal.tenant("globex")).release, next);
  });

  it("opens the menu of a tenant, and closes a dialog by Escape", async () => {
    await jump("globex");
    await at.page.getByRole("heading", { level: 1, name: "Globex" }).waitFor();
    await tabTo(/^More/);
    await press("Enter");
    await at.page.getByRole("menu").waitFor();
    await type("Sus");
    await press("Enter");
    await at.page.getByRole("dialog").waitFor();
    await at.sees(/answered with 503, and its pods are stopped/);
    await press("Escape");
    await at.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await teal.tenant("globex")).suspended, false);
  });
});
