import assert from "node:assert/strict";
import { TestTeal } from "../test/e2e/teal.ts";
import { faultsOf } from "./support/axe.ts";
import { ConsolePage } from "./support/console.ts";
import { liveliness, pagesOf } from "./support/pages.ts";

describe("the console for everybody", function () {
  this.timeout(300_000);
  let teal: TestTeal;
  let paths: { name: string; path: string; ready: string | RegExp }[];

  before(async () => {
    teal = await new TestTeal().start();
    paths = pagesOf(await liveliness(teal));
  });
  after(() => teal.stop());

  for (const colorScheme of ["light", "dark"] as const) {
    it(`has no page that axe finds fault with, ${colorScheme}`, async () => {
      const at = await ConsolePage.open(teal.api, { colorScheme, reducedMotion: "reduce" });
      try {
        const faults: string[] = [];
        for (const { name, path, ready } of paths) {
          await at.goto(path);
          await at.sees(ready);
          await at.loaded();
          faults.push(...(await faultsOf(at.page, name)));
        }
        assert.deepEqual(faults, []);
        at.checkQuiet();
      } finally {
        await at.close();
      }
    });
  }
});
