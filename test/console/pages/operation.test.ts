import assert from "node:assert/strict";
import type { TealEvent } from "../../../console/src/api/types.ts";
import { chaptersOf, latestFigures, migrationLog } from "../../../console/src/pages/operation/story.ts";

const event = (id: number, phase: TealEvent["phase"], data: Record<string, unknown> = {}): TealEvent => ({
  id,
  phase,
  data,
  at: new Date(id * 1000).toISOString(),
  operation: "o",
  environment: "e",
  tenant: "t",
  type: "phase",
  message: `${id}`,
});

describe("the story of an operation", () => {
  const events = [
    event(1, "queued"),
    event(2, "deploying"),
    event(3, null),
    event(4, "verifying"),
    event(9, "succeeded"),
  ];

  it("is told by phase, with how long each took", () => {
    const chapters = chaptersOf(events, true);
    assert.deepEqual(
      chapters.map(({ phase, events: said, from, to }) => [
        phase,
        said.length,
        (Date.parse(to!) - Date.parse(from)) / 1000,
      ]),
      [
        ["queued", 1, 1],
        ["deploying", 2, 2],
        ["verifying", 1, 5],
        ["succeeded", 1, 0],
      ],
    );
  });

  it("has an open end while it goes on", () =>
    assert.equal(chaptersOf(events.slice(0, 3), false).at(-1)!.to, undefined));

  it("has what the migration wrote, where one has ended", () => {
    assert.equal(migrationLog(events), null);
    assert.deepEqual(migrationLog([...events, event(10, "deploying", { log: ["one", "two"] })]), ["one", "two"]);
    assert.deepEqual(migrationLog([event(1, "deploying", { log: [] })]), []);
  });

  it("knows the latest figures", () => {
    const figures = [{ check: "errors" }];
    assert.equal(latestFigures(events), null);
    assert.deepEqual(
      latestFigures([event(1, "baking", { figures }), event(2, "baking", { figures: [] })])?.figures,
      figures,
    );
  });
});
