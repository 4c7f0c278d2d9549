import assert from "node:assert/strict";
import fc from "fast-check";
import { migrationPath, type Migrating, type MigrationPath } from "../../model/migration.ts";

const command = ["migrate"];
const plain = (version: string, seq: number): Migrating => ({ version, seq, migration: null });
const compatible = (version: string, seq: number): Migrating => ({
  version,
  seq,
  migration: { command, compatible: true },
});
const breaking = (version: string, seq: number): Migrating => ({
  version,
  seq,
  migration: { command, compatible: false },
});
/** Its application migrates by itself when it starts. */
const silent = (version: string, seq: number): Migrating => ({ version, seq, migration: { compatible: false } });

const all = [
  plain("1.0.0", 1),
  compatible("1.1.0", 2),
  breaking("2.0.0", 3),
  // A hot fix of an older line, registered later.
  plain("1.0.1", 4),
  compatible("2.1.0", 5),
  plain("2.1.1", 6),
];

describe("the way from one release's data to another's", () => {
  const ways: [string, string | null, string, MigrationPath][] = [
    ["new data has nothing to lose", null, "2.0.0", { runs: true, oneWay: [] }],
    ["a release without a migration needs none", "1.0.0", "1.0.1", { runs: false, oneWay: [] }],
    ["a compatible one has a way back", "1.0.0", "1.1.0", { runs: true, oneWay: [] }],
    ["one that isn't has none", "1.1.0", "2.0.0", { runs: true, oneWay: ["2.0.0"] }],
    ["a compatible one passes over one that isn't", "1.1.0", "2.1.0", { runs: true, oneWay: ["2.0.0"] }],
    ["and what was passed before doesn't count", "2.0.0", "2.1.0", { runs: true, oneWay: [] }],
    ["nobody's migration is left out", "1.0.0", "2.1.1", { skipped: ["1.1.0", "2.0.0", "2.1.0"] }],
    ["down past a compatible one is fine", "2.1.1", "2.0.0", { runs: false, oneWay: [] }],
    ["down past one that isn't is not", "2.1.0", "1.1.0", { tooNew: ["2.0.0"] }],
    ["the same again runs it again", "2.1.0", "2.1.0", { runs: true, oneWay: [] }],
  ];
  for (const [what, from, to, path] of ways) {
    it(what, () => {
      const known = all.filter(({ version, migration }) => migration || version === from || version === to);
      assert.deepEqual(migrationPath(known, from, to), path);
    });
  }

  it("goes by the order of registration where versions are none of semver's", () => {
    const known = [plain("summer", 2), breaking("autumn", 3), plain("april", 1)];
    assert.deepEqual(migrationPath(known, "april", "autumn"), { runs: true, oneWay: ["autumn"] });
    assert.deepEqual(migrationPath(known, "autumn", "summer"), { tooNew: ["autumn"] });
  });

  it("knows of migrations that the application does itself", () => {
    const known = [plain("1.0.0", 1), silent("2.0.0", 2)];
    assert.deepEqual(migrationPath(known, "1.0.0", "2.0.0"), { runs: false, oneWay: ["2.0.0"] });
  });

  it("has a way back in one direction just where it has in the other", () => {
    const kinds = [plain, compatible, breaking, silent];
    const any = fc.array(fc.constantFrom(...kinds), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(any, fc.nat(), fc.nat(), (made, one, other) => {
        const known = made.map((kind, i) => kind(`${i}.0.0`, made.length - i));
        const [from, to] = [one % made.length, other % made.length].sort((a, b) => a - b) as [number, number];
        fc.pre(from !== to);
        const up = migrationPath(known, `${from}.0.0`, `${to}.0.0`);
        const down = migrationPath(known, `${to}.0.0`, `${from}.0.0`);
        const lost = known.slice(from + 1, to + 1).filter(({ migration }) => migration?.compatible === false);
        assert.deepEqual(
          "tooNew" in down ? down.tooNew : [],
          lost.map(({ version }) => version),
        );
        if ("oneWay" in up)
          assert.deepEqual(
            up.oneWay,
            lost.map(({ version }) => version),
          );
      }),
    );
  });
});
