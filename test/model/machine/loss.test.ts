import assert from "node:assert/strict";
import { lossOf } from "../../../model/machine/loss.ts";
import type { Move } from "../../../model/layout.ts";

describe("what is lost without an export", () => {
  const table: [what: string, move: object | null, said: RegExp][] = [
    ["of a tenant that never ran", null, /^the export of its settings$/],
    ["where nothing is to be kept", { data: true }, /^the export of its settings$/],
    ["of a volume", { backup: true, volume: 1 }, /, and what was written to its volume since its last backup$/],
    ["of what it has on AWS", { backup: true, before: { data: true } }, /all that its bucket holds, for its earlier/],
  ];
  for (const [what, move, said] of table)
    it(what, () => {
      assert.match(lossOf({ move: move as Move | null }), said);
    });
});
