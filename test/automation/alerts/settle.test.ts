import assert from "node:assert/strict";
import fc from "fast-check";
import { settle, type KnownAlert, type Settlement } from "../../../automation/alerts/settle.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const open = (hour: number): KnownAlert => ({ startsAt: at(hour), endedAt: null, lapsed: false });
const over = (from: number, to: number, lapsed = false): KnownAlert => ({
  startsAt: at(from),
  endedAt: at(to),
  lapsed,
});
const fires = (hour: number) => ({ startsAt: at(hour), endedAt: null });
const ends = (from: number, to: number) => ({ startsAt: at(from), endedAt: at(to) });

describe("what a telling means for what is known", () => {
  const table: [
    what: string,
    known: KnownAlert | undefined,
    told: ReturnType<typeof fires> | ReturnType<typeof ends>,
    Settlement,
  ][] = [
    ["news", undefined, fires(1), "open"],
    ["the same again", open(1), fires(1), "renew"],
    ["the same, which began earlier by another Prometheus", open(2), fires(1), "renew"],
    ["another firing, the end of the one before unheard", open(1), fires(2), "supersede"],
    ["another firing after the end", over(1, 2), fires(3), "open"],
    ["a late copy of what has ended", over(1, 2), fires(1), "ignore"],
    ["one that had lapsed and is spoken of again", over(1, 2, true), fires(1), "reopen"],
    ["a new firing of one that had lapsed", over(1, 2, true), fires(3), "open"],
    ["the end", open(1), ends(1, 2), "end"],
    ["the end, of what began earlier by another Prometheus", open(2), ends(1, 3), "end"],
    ["a late end of the firing before", open(3), ends(1, 2), "ignore"],
    ["the end again", over(1, 2), ends(1, 2), "ignore"],
    ["the end of one that had lapsed", over(1, 2, true), ends(1, 2), "ignore"],
    ["the end of what nobody told", undefined, ends(1, 2), "record"],
  ];
  for (const [what, known, told, settlement] of table) {
    it(`${what}: ${settlement}`, () => assert.equal(settle(known, told), settlement));
  }

  it("is the same however often it comes", () => {
    const hour = fc.integer({ min: 0, max: 20 });
    const known = fc.option(
      fc.tuple(hour, fc.option(hour), fc.boolean()).map(([from, length, lapsed]): KnownAlert => ({
        startsAt: at(from),
        endedAt: length === null ? null : at(from + length),
        lapsed: length !== null && lapsed,
      })),
      { nil: undefined },
    );
    const told = fc
      .tuple(hour, fc.option(hour))
      .map(([from, length]) => (length === null ? fires(from) : ends(from, from + length)));
    fc.assert(
      fc.property(known, told, (before, one) => {
        const after = become(before, one);
        assert.deepEqual(become(after, one), after);
      }),
    );
  });
});

/** What is known afterwards, as automation/commands/alerts/take.ts writes it down. */
function become(known: KnownAlert | undefined, told: { startsAt: Date; endedAt: Date | null }): KnownAlert | undefined {
  switch (settle(known, told)) {
    case "ignore":
      return known;
    case "open":
    case "supersede":
    case "record":
      return { ...told, lapsed: false };
    case "renew":
    case "reopen":
      return { ...known!, endedAt: null, lapsed: false };
    case "end":
      return { ...known!, endedAt: told.endedAt };
  }
}
