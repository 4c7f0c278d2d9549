import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import mocha from "mocha";

/** How long the process may take to end once all tests have, seconds. */
const graceSeconds = 20;

/**
 * Mocha's own report, and a last line that any CI can read: `N passed, N failed`. Where something keeps the process
 * alive after that, it says what, and ends it: a test that leaves something behind must not hang a whole run.
 * To the file that FAILED_FILES names it adds the test files in which something failed, a line each.
 */
export default class Reporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    const failedIn = new Set<string>();
    runner.on("fail", (test) => failedIn.add(test.file ?? test.parent?.file ?? "unknown"));
    runner.once("end", () => {
      const list = process.env["FAILED_FILES"];
      if (list) for (const file of failedIn) appendFileSync(list, `${relative(".", file)}\n`);
      const closing = this.lastLines().join("\n");
      console.log(closing);
      const late = () => {
        const left = process.getActiveResourcesInfo().join(", ");
        console.error(`Still open ${graceSeconds} s after the last test: ${left}. Some test has left it behind.`);
        // Whoever reads the end of the output finds the result there.
        console.log(closing);
        process.exit(this.stats.failures > 0 ? 1 : 0);
      };
      setTimeout(late, graceSeconds * 1000).unref();
    });
  }

  protected lastLines(): string[] {
    const { passes, failures, pending } = this.stats;
    return [`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`];
  }
}
