import mocha from "mocha";

/** Mocha's own report, and a last line that any CI can read: `N passed, N failed`. */
export default class Reporter extends mocha.reporters.Spec {
  constructor(runner: mocha.Runner, options: mocha.MochaOptions) {
    super(runner, options);
    runner.once("end", () => console.log(this.lastLines().join("\n")));
  }

  protected lastLines(): string[] {
    const { passes, failures, pending } = this.stats;
    return [`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}`];
  }
}
