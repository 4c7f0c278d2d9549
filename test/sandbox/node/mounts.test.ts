import assert from "node:assert/strict";
import { onThisMachine } from "../../../sandbox/node/mounts.ts";

describe("sandbox/node mounts", () => {
  const mounts = [
    { mountPath: "/data", hostPath: "/host/acme/data" },
    { mountPath: "/data/cache/", hostPath: "/host/acme/cache" },
  ];
  const cases: [string, string][] = [
    ["/data", "/host/acme/data"],
    ["/data/", "/host/acme/data/"],
    ["/data/notes", "/host/acme/data/notes"],
    ["/data/cache", "/host/acme/cache"],
    ["/data/cache/a/b", "/host/acme/cache/a/b"],
    ["/database", "/database"],
    ["/other/data", "/other/data"],
    ["data", "data"],
    ["", ""],
    ["postgres://db/data", "postgres://db/data"],
  ];
  for (const [value, expected] of cases)
    it(`give ${JSON.stringify(value)} as ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(onThisMachine({ TEAL_DATA_DIR: value }, mounts), { TEAL_DATA_DIR: expected });
    });
});
