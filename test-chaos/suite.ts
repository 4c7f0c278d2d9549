import { ChaosTeal } from "./chaosTeal.ts";
import { play, type Scenario } from "./scenario.ts";

/** Plays scenarios one after the other on a Teal of their own. `releases`: what else its releases say. */
export function suite(title: string, scenarios: readonly Scenario[], releases: object = {}): void {
  describe(title, function () {
    this.timeout(400_000);
    let teal: ChaosTeal;

    before(async () => {
      teal = await new ChaosTeal().start();
      for (const version of ["1.0.0", "2.0.0"]) await teal.release(version, releases);
      await teal.ending(await teal.provision("bystander", "1.0.0"));
    });
    after(() => teal.stop());

    for (const scenario of scenarios) it(scenario.name, () => play(teal, scenario, "bystander"));
  });
}
