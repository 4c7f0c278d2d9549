import { TestTeal } from "../test/e2e/teal.ts";
import { ConsolePage } from "./support/console.ts";
import { listeningPort } from "./support/port.ts";

describe("the console while Teal is away", function () {
  this.timeout(240_000);
  let teal: TestTeal;
  let at: ConsolePage;

  before(async () => {
    // The page must find it where it was.
    teal = await new TestTeal({ PORT: String(await listeningPort()) }).start();
    for (const version of ["1.0.0", "2.0.0"]) await teal.release(version);
    await teal.ending(await teal.provision("acme", "1.0.0"));
    at = await ConsolePage.open(teal.api);
  });
  after(async () => {
    await at.close();
    await teal.stop();
  });

  it("waits with a part of the page that can't be had, and shows it when Teal is back", async () => {
    const page = await ConsolePage.open(teal.api);
    try {
      // Nothing of the page is there but what it begins with.
      await page.page.route(/assets\/(tenant|traffic)-/, (route) => route.abort("connectionrefused"));
      await page.goto("/environments/develop");
      await page.link("acme").first().click();
      await page.page.locator(".skeleton").first().waitFor();
      await page.page.unrouteAll();
      await page.sees("Live");
      await page.page.getByRole("img", { name: "Traffic: blue 100 %" }).first().waitFor();
      page.checkQuiet(/Failed to load resource|ERR_CONNECTION_REFUSED|net::ERR/);
    } finally {
      await page.close();
    }
  });

  it("says that the connection is lost, comes back by itself, and catches up", async () => {
    await at.goto("/environments/develop/tenants/acme");
    await at.sees("Live");
    await at.page.getByRole("img", { name: "Traffic: blue 100 %" }).first().waitFor();
    await teal.crash();
    await at.sees(/Connection lost. You see what was so at/);
    await at.sees("Acme", 1000).catch(() => at.sees("acme"));
    // It is said for some seconds, which may pass before the start is told to be over.
    const again = at.sees("Connected again, and caught up.", 90_000);
    await teal.start();
    await again;
    await at.page.getByText(/Connection lost/).waitFor({ state: "detached" });
    // What happens from now on shows by itself, too.
    await teal.rollout("acme", "2.0.0", { steps: [100], holdSeconds: 0 });
    await at.page.getByRole("img", { name: "Traffic: green 100 %" }).first().waitFor();
    // Refused connections are what browsers complain of while it is away.
    at.checkQuiet(/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|net::ERR/);
  });
});
