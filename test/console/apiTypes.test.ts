import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { apiTypes, apiTypesFile } from "./apiTypes.ts";

describe("the console's types of the API", () => {
  it("are those of the OpenAPI document; else run npm run console:types", async () => {
    assert.equal(readFileSync(apiTypesFile, "utf8"), await apiTypes());
  });
});
