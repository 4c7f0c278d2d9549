import mocha from "mocha";

/** How long the process may take to end once all tests have, seconds. */
const graceSeconds = 20;

/**
 * Mocha's own report, and a last line that any CI can read: `N passed, N failed`. Where something keeps the process
 * alive after that, it says what, and ends it: a test that leaves something behind must not hang a whole run.
 */
export default class Reporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => {
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
