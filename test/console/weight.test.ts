import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const dist = join(import.meta.dirname, "..", "..", "console", "dist");

describe("the console's first page", function () {
  this.timeout(120_000);

  it("takes less than 250 kB, gzipped, with all that it loads", async () => {
    await import("../../console/build.ts");
    const page = readFileSync(join(dist, "index.html"), "utf8");
    const files = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file]) => file!);
    assert.ok(files.some((file) => /^assets\/.*\.js$/.test(file)) && files.some((file) => file.endsWith(".css")));
    const size = [page, ...files.map((file) => readFileSync(join(dist, file)))].reduce(
      (sum, content) => sum + gzipSync(content).length,
      0,
    );
    console.log(`      ${(size / 1000).toFixed(0)} kB in ${files.length + 1} files`);
    assert.ok(size < 250_000);
  });
});
