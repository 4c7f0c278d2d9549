import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { scenarios } from "./arbitrary.ts";
import { Bed } from "./bed.ts";
import { watchLives } from "./life.ts";
import { playThrough } from "./scenario.ts";

/** `PROPERTY_RUNS` for a longer search, `PROPERTY_SEED` and `PROPERTY_PATH` to see a failure again. */
const runs = Number(process.env["PROPERTY_RUNS"] ?? 20);
const seed = process.env["PROPERTY_SEED"];
const path = process.env["PROPERTY_PATH"];

describe("random programs, taken through random steps, failures and crashes", () => {
  let home: string;
  let bed: Bed;
  let unwatch: () => void;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "teal-properties-"));
    unwatch = watchLives();
    bed = await Bed.open(join(home, "stack"));
  });
  after(async () => {
    bed.close();
    unwatch();
    await rm(home, { recursive: true, force: true });
  });

  it("lose nothing, make nothing twice, and end as the program says", async function () {
    this.timeout(runs * 5000 + 60_000);
    await fc.assert(
      fc.asyncProperty(scenarios, (scenario) => playThrough(bed, scenario)),
      {
        numRuns: runs,
        ...(seed && { seed: Number(seed) }),
        ...(path && { path }),
        endOnFailure: path !== undefined,
      },
    );
  });
});
