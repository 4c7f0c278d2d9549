import assert from "node:assert/strict";
import { lossText } from "../../../console/src/words/loss.ts";
import { bytes, counted, latency, percent, rate, shortDigest } from "../../../console/src/words/figures.ts";

describe("texts of figures", () => {
  it("count", () => {
    assert.deepEqual(
      [counted(1, "tenant"), counted(0, "tenant"), counted(1234, "tenant")],
      ["1 tenant", "0 tenants", "1,234 tenants"],
    );
  });

  it("have as many digits as say something", () => {
    assert.deepEqual([0, 0.004, 0.0512, 0.124, 1].map(percent), ["0 %", "0.4 %", "5.1 %", "12 %", "100 %"]);
    assert.deepEqual([0.0004, 0.012, 0.85, 1.42, 12].map(latency), ["< 1 ms", "12 ms", "850 ms", "1.4 s", "12 s"]);
    assert.deepEqual([0, 0.333, 4.25, 1042.4].map(rate), ["0 /s", "0.33 /s", "4.3 /s", "1,042 /s"]);
  });

  it("measure bytes and losses", () => {
    assert.deepEqual([0, 999, 820_000, 1_440_000_000].map(bytes), ["0 B", "999 B", "820 kB", "1.4 GB"]);
    assert.match(lossText(0), /^Nothing would be lost/);
    assert.match(lossText(0, "moment"), /since that moment\.$/);
    assert.equal(lossText(75, "moment"), "1 h 15 min of writes would be lost: what came after that moment.");
    assert.equal(lossText(75), "1 h 15 min of writes would be lost: what came after this backup.");
  });

  it("shorten digests, and know tags from them", () => {
    assert.equal(shortDigest(`teal/app@sha256:${"0123456789abcdef".repeat(4)}`), "sha256:0123456789ab…");
    assert.equal(shortDigest("teal/app:1.0.0"), null);
  });
});
