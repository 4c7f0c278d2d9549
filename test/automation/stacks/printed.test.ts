import assert from "node:assert/strict";
import fc from "fast-check";
import { masking } from "../../../automation/stacks/mask.ts";
import { Printer } from "../../../automation/stacks/printed.ts";
import { outputLimits } from "../../../model/console/output.ts";

const none = masking([]);

describe("what Pulumi prints", () => {
  it("is kept as it is where it is short, and is nothing where nothing was printed", () => {
    assert.equal(new Printer().printed(none, false), null);
    const printer = new Printer();
    printer.write("Updating (production.acme)\n");
    printer.write("a hunter22 b\n");
    const { text, truncated, failed } = printer.printed(masking(["hunter22"]), true)!;
    assert.deepEqual([text, truncated, failed], ["Updating (production.acme)\na [secret] b\n", false, true]);
  });

  it("is its end, from the beginning of a line, within bytes, without secrets, however it came", () => {
    const line = fc.string({ maxLength: 300, unit: fc.constantFrom(..."abc", "ü", "🦊") });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 40 }), (lines, times) => {
        const secret = "hunter22-hunter22";
        const whole = Array.from({ length: times }, () => lines.map((one) => `${one}${secret}${one}\n`).join("")).join(
          "",
        );
        const printer = new Printer();
        for (let at = 0; at < whole.length; at += 997) printer.write(whole.slice(at, at + 997));
        const { text, truncated } = printer.printed(masking([secret]), false)!;
        const masked = whole.replaceAll(secret, "[secret]");
        assert.ok(Buffer.byteLength(text) <= outputLimits.bytes);
        assert.equal(truncated, text !== masked);
        assert.ok(masked.endsWith(text), "the end of it");
        assert.ok(text === masked || masked.at(-text.length - 1) === "\n", "from the beginning of a line");
      }),
      { numRuns: 60 },
    );
  });
});
