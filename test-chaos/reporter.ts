import Reporter from "../test/reporter.ts";
import { total } from "./tally.ts";

/** As everywhere, and before the last line what was measured, killed and asked. */
export default class ChaosReporter extends Reporter {
  protected override lastLines(): string[] {
    const { kills, endedWell, requests, failed, lines } = total();
    const counts = `${kills} kills, ${endedWell} ended well, ${requests} requests, ${failed} failed`;
    return [...lines, counts, ...super.lastLines()];
  }
}
