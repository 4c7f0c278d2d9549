import assert from "node:assert/strict";
import fc from "fast-check";
import { days, nextOpening, timeZone, windowSchema, type Window } from "../../model/window.ts";

const berlin = "Europe/Berlin";
const night: Window = { days: ["sat"], from: "22:00", to: "04:00" };
const minute = 60_000;

describe("the next opening of maintenance windows", () => {
  const nights = (from: string, to: string): Window[] => [{ days: [...days], from, to }];
  // 2026: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC in Berlin; 21 November is a Saturday.
  const cases: [string, Window[], string, string, string][] = [
    ["is now where there are none", [], berlin, "2026-11-21T12:00:00Z", "2026-11-21T12:00:00Z"],
    ["is this evening", [night], berlin, "2026-11-21T12:00:00Z", "2026-11-21T21:00:00Z"],
    ["is now from its first moment on", [night], berlin, "2026-11-21T21:00:00Z", "2026-11-21T21:00:00Z"],
    [
      "is now after midnight, on a day it doesn't name",
      [night],
      berlin,
      "2026-11-22T02:59:59Z",
      "2026-11-22T02:59:59Z",
    ],
    ["is next week's once it has ended", [night], berlin, "2026-11-22T03:00:00Z", "2026-11-28T21:00:00Z"],
    ["is by the clock of the zone", [night], "America/New_York", "2026-11-21T21:00:00Z", "2026-11-22T03:00:00Z"],
    ["knows half hours", [night], "Asia/Kolkata", "2026-11-21T12:00:00Z", "2026-11-21T16:30:00Z"],
    [
      "wraps from Sunday into Monday",
      [{ ...night, days: ["sun"] }],
      "UTC",
      "2026-11-23T01:00:00Z",
      "2026-11-23T01:00:00Z",
    ],
    [
      "is the first of several",
      [night, { ...night, days: ["thu", "fri"] }],
      "UTC",
      "2026-11-25T00:00:00Z",
      "2026-11-26T22:00:00Z",
    ],
    [
      "may be a whole day",
      [{ days: ["sun"], from: "00:00", to: "24:00" }],
      "UTC",
      "2026-11-21T23:59:59Z",
      "2026-11-22T00:00:00Z",
    ],
    [
      "is now within a whole day",
      [{ days: ["sun"], from: "00:00", to: "24:00" }],
      "UTC",
      "2026-11-22T13:00:00Z",
      "2026-11-22T13:00:00Z",
    ],
    [
      "ends with a whole day",
      [{ days: ["sun"], from: "00:00", to: "24:00" }],
      "UTC",
      "2026-11-23T00:00:00Z",
      "2026-11-29T00:00:00Z",
    ],
    [
      "goes by summer time once that has begun",
      nights("05:00", "06:00"),
      berlin,
      "2026-03-28T12:00:00Z",
      "2026-03-29T03:00:00Z",
    ],
    [
      "goes by winter time once that has begun",
      nights("05:00", "06:00"),
      berlin,
      "2026-10-24T12:00:00Z",
      "2026-10-25T04:00:00Z",
    ],
    [
      "is when the skipped hour ends, within which it would begin",
      nights("02:30", "04:00"),
      berlin,
      "2026-03-29T00:00:00Z",
      "2026-03-29T01:00:00Z",
    ],
    [
      "leaves out a night whose window is skipped whole",
      nights("02:15", "02:45"),
      berlin,
      "2026-03-29T00:00:00Z",
      "2026-03-30T00:15:00Z",
    ],
    [
      "comes twice where the hour does",
      nights("02:15", "02:45"),
      berlin,
      "2026-10-25T00:45:00Z",
      "2026-10-25T01:15:00Z",
    ],
    [
      "is still open in the hour that comes again",
      nights("01:00", "02:30"),
      berlin,
      "2026-10-25T01:10:00Z",
      "2026-10-25T01:10:00Z",
    ],
    [
      "is a week later where the only one is skipped",
      [{ days: ["sun"], from: "02:00", to: "03:00" }],
      berlin,
      "2026-03-28T00:00:00Z",
      "2026-04-05T00:00:00Z",
    ],
  ];
  for (const [what, windows, zone, at, expected] of cases) {
    it(what, () => {
      for (const window of windows) windowSchema.parse(window);
      assert.equal(nextOpening(windows, zone, new Date(at)).toISOString().replace(".000Z", "Z"), expected);
    });
  }

  const clock = (m: number) => [m / 60, m % 60].map((n) => `${Math.floor(n)}`.padStart(2, "0")).join(":");
  // Mostly short ones, and such as begin when clocks change.
  const begin = fc.oneof(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 60, max: 240 }));
  const length = fc.oneof(fc.integer({ min: 1, max: 1439 }), fc.integer({ min: 1, max: 90 }));
  const anyWindow: fc.Arbitrary<Window> = fc
    .record({ days: fc.subarray([...days], { minLength: 1, maxLength: 3 }), begin, length })
    .map(({ days, begin, length }) => ({ days, from: clock(begin), to: clock((begin + length) % 1440) }));
  const zones = [
    "UTC",
    berlin,
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "America/St_Johns",
  ];
  // Around changes of the clocks, and anywhere.
  const changes = [
    "2026-03-08T07:00Z",
    "2026-03-29T01:00Z",
    "2026-10-25T01:00Z",
    "2026-11-01T06:00Z",
    "2027-04-03T15:00Z",
  ];
  const anyTime = fc.oneof(
    fc.date({ min: new Date("2000-01-01T00:00Z"), max: new Date("2037-01-01T00:00Z"), noInvalidDate: true }),
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * 86_400_000, max: 86_400_000 }))
      .map(([change, off]) => new Date(Date.parse(change) + off)),
  );

  it("is the first minute that a clock on the wall says is in a window", function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(
        fc.array(anyWindow, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...zones),
        anyTime,
        (windows, zone, at) => {
          const found = nextOpening(windows, zone, at);
          const isIn = onTheWall(windows, zone);
          assert.ok(found >= at);
          assert.ok(isIn(found), `${found.toISOString()} is in none`);
          if (found.getTime() === at.getTime()) return;
          // Each minute of the last two days before, each tenth of those before that.
          const early = Math.max(at.getTime(), found.getTime() - 2880 * minute);
          for (let t = at.getTime(); t < early; t += 10 * minute)
            assert.ok(!isIn(new Date(t)), new Date(t).toISOString());
          for (let t = found.getTime() - 1; t >= early; t -= minute)
            assert.ok(!isIn(new Date(t)), new Date(t).toISOString());
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** The same rule, read off a formatted clock: nothing of how the next opening is found. */
function onTheWall(windows: readonly Window[], zone: string): (time: Date) => boolean {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return (time) => {
    const parts = new Map(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const today = days.findIndex((name) => name === parts.get("weekday")!.toLowerCase());
    const clock = `${parts.get("hour")}:${parts.get("minute")}`;
    return windows.some(({ days: named, from, to }) => {
      if (from < to) return named.includes(days[today]!) && from <= clock && clock < to;
      const yesterday = days[(today + 6) % 7]!;
      return (named.includes(days[today]!) && from <= clock) || (named.includes(yesterday) && clock < to);
    });
  };
}

describe("windows and time zones", () => {
  it("are refused where they are none", () => {
    for (const wrong of [
      { days: [], from: "22:00", to: "23:00" },
      { days: ["saturday"], from: "22:00", to: "23:00" },
      { days: ["sat"], from: "24:00", to: "04:00" },
      { days: ["sat"], from: "22:00", to: "22:00" },
      { days: ["sat"], from: "9:00", to: "10:00" },
      { days: ["sat"], from: "22:00", to: "25:00" },
    ]) {
      assert.equal(windowSchema.safeParse(wrong).success, false, JSON.stringify(wrong));
    }
    for (const zone of ["UTC", berlin, "Etc/GMT+5"]) assert.equal(timeZone.parse(zone), zone);
    for (const zone of ["", "Mars/Olympus", "+02:00", "02:00", "Europe/Berlin ", "a".repeat(65)]) {
      assert.equal(timeZone.safeParse(zone).success, false, zone);
    }
  });
});
