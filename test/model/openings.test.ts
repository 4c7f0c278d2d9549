import assert from "node:assert/strict";
import fc from "fast-check";
import { days, nextClosing, nextOpening, openings, type Window } from "../../model/window.ts";

const berlin = "Europe/Berlin";
const minute = 60_000;
const hour = 60 * minute;
const night: Window = { days: ["sat"], from: "22:00", to: "04:00" };
const told = (windows: Window[], from: string, to: string, zone = berlin) =>
  openings(windows, zone, new Date(from), new Date(to)).map((open) => [open.from.toISOString(), open.to.toISOString()]);

describe("the openings of maintenance windows", () => {
  // 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC in Berlin; 21 November is a Saturday.
  it("are whole where they begin before, or end after, the time asked for", () => {
    const saturday = ["2026-11-21T21:00:00.000Z", "2026-11-22T03:00:00.000Z"];
    assert.deepEqual(told([night], "2026-11-21T23:00:00Z", "2026-11-22T00:00:00Z"), [saturday]);
    assert.deepEqual(told([night], "2026-11-22T03:00:00Z", "2026-11-28T21:00:00Z"), []);
    assert.equal(told([night], "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z").length, 5);
  });

  it("are one where windows overlap or meet, and all of it where they never close", () => {
    const meeting: Window[] = [
      night,
      { days: ["sun"], from: "04:00", to: "05:00" },
      { days: ["sat"], from: "23:00", to: "24:00" },
    ];
    assert.deepEqual(told(meeting, "2026-11-21T00:00:00Z", "2026-11-23T00:00:00Z"), [
      ["2026-11-21T21:00:00.000Z", "2026-11-22T04:00:00.000Z"],
    ]);
    const always: Window[] = [{ days: [...days], from: "00:00", to: "24:00" }];
    const all = ["2026-11-21T01:23:45.000Z", "2026-11-22T00:00:00.000Z"];
    assert.deepEqual(told(always, all[0]!, all[1]!), [all]);
    assert.equal(nextClosing(always, berlin, new Date()), null);
    assert.deepEqual(told([], all[0]!, all[1]!), []);
  });

  it("are twice where the clocks go back within one", () => {
    const early: Window[] = [{ days: ["sun"], from: "01:00", to: "02:30" }];
    assert.deepEqual(told(early, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), [
      ["2026-10-24T23:00:00.000Z", "2026-10-25T00:30:00.000Z"],
      ["2026-10-25T01:00:00.000Z", "2026-10-25T01:30:00.000Z"],
    ]);
  });

  const clock = fc
    .tuple(fc.nat(23), fc.constantFrom("00", "30", "45"))
    .map(([h, m]) => `${String(h).padStart(2, "0")}:${m}`);
  const window = fc
    .record({ days: fc.uniqueArray(fc.constantFrom(...days), { minLength: 1 }), from: clock, to: clock })
    .filter(({ from, to }) => from !== to);

  it("hold just those moments that a window is open at", () => {
    const zone = fc.constantFrom("UTC", berlin, "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe");
    const around = ["2026-03-27", "2026-04-03", "2026-10-02", "2026-10-23", "2026-10-30", "2026-11-20"];
    const begin = fc
      .tuple(fc.constantFrom(...around), fc.nat(24 * 60))
      .map(([date, m]) => new Date(Date.parse(date) + m * minute));
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        zone,
        begin,
        fc.integer({ min: 1, max: 9 * 24 }),
        (windows, name, from, hours) => {
          const to = new Date(from.getTime() + hours * hour);
          const found = openings(windows, name, from, to);
          found.forEach((open, i) => {
            assert.ok(open.from < open.to && open.from < to && open.to > from);
            if (i > 0) assert.ok(open.from > found[i - 1]!.to, "there is time between two");
          });
          for (let at = from.getTime(); at < to.getTime(); at += 17 * minute) {
            const moment = new Date(at);
            const inside = found.some((open) => open.from <= moment && moment < open.to);
            assert.equal(inside, nextOpening(windows, name, moment).getTime() === at, moment.toISOString());
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
