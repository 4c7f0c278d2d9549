import assert from "node:assert/strict";
import { adoptedStays } from "../../../automation/offboarding/adopted.ts";
import { lookForLeftovers } from "../../../automation/offboarding/leftovers.ts";

const of = { environment: "production", id: "acme" };

describe("automation/offboarding/adopted", () => {
  it("is told of, and is nothing that is left over", async () => {
    const place = adoptedStays(async () => ({
      database: { cluster: "shop-database", name: "shop", user: "u", admin: "postgres", version: "17.5" },
      bucket: { name: "shop-files", key: null },
    }));
    const { left, kept } = await lookForLeftovers([place], of);
    assert.deepEqual(left, []);
    assert.deepEqual(kept, [
      { what: "adopted RDS cluster", id: "shop-database", until: null, stays: true },
      { what: "adopted S3 bucket", id: "shop-files", until: null, stays: true },
    ]);
  });

  it("is nothing where nothing was adopted", async () => {
    assert.deepEqual(await adoptedStays(async () => null).look(of), { left: [], kept: [] });
  });
});
