import axe from "axe-core";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

/*
 * Without what React Aria reads out: for some seconds that names the button that was pressed, which may be gone with its
 * dialog by then.
 */
const where = "{ include: document, exclude: ['[data-live-announcer]'] }";

/** What axe finds wrong with the page as it is, a line each, and where. */
export async function faultsOf(page: Page, name: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${where}, { resultTypes: ['violations'] })`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${name}: ${id} ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
  );
}

/** The same in both themes. */
export async function faultsInBothThemes(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Colours change over in the frames after.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    faults.push(...(await faultsOf(page, `${name}, ${colorScheme}`)));
  }
  return faults;
}
