/** Makes a picture of every page, on a phone and a desktop, light and dark: `npm run screenshots -- [directory]`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TestTeal } from "../test/e2e/teal.ts";
import { ConsolePage } from "./support/console.ts";
import { liveliness, pagesOf } from "./support/pages.ts";

const into = process.argv[2] ?? "screenshots";
mkdirSync(into, { recursive: true });
const sizes = { desktop: { width: 1360, height: 900 }, phone: { width: 390, height: 844 } };

const teal = await new TestTeal().start();
try {
  const pages = pagesOf(await liveliness(teal));
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [size, viewport] of Object.entries(sizes)) {
      const at = await ConsolePage.open(teal.api, { colorScheme, viewport, reducedMotion: "reduce" });
      for (const { name, path, ready } of pages) {
        await at.goto(path);
        await at.sees(ready, 10_000).catch(() => console.error(`${name} did not show ${String(ready)}`));
        await at.page.waitForTimeout(800);
        await at.page.screenshot({ path: join(into, `${name}-${size}-${colorScheme}.png`), fullPage: true });
      }
      await at.close();
    }
  }
} finally {
  await teal.stop();
}
console.log(`The pictures are in ${into}.`);
