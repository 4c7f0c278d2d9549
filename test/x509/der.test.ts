import { strict as assert } from "node:assert";
import fc from "fast-check";
import * as der from "../../x509/der.ts";

const hex = (buffer: Buffer): string => buffer.toString("hex");

describe("x509: distinguished encoding", () => {
  it("encodes object identifiers", () => {
    assert.equal(hex(der.objectIdentifier("1.2.840.10045.4.3.2")), "06082a8648ce3d040302");
    assert.equal(hex(der.objectIdentifier("2.5.29.15")), "0603551d0f");
  });

  it("encodes times to the second", () => {
    assert.equal(der.utcTime(new Date("2026-03-04T05:06:07.890Z")).subarray(2).toString(), "260304050607Z");
  });

  it("writes lengths from 128 on in the long form", () => {
    assert.equal(hex(der.octetString(Buffer.alloc(127)).subarray(0, 2)), "047f");
    assert.equal(hex(der.octetString(Buffer.alloc(128)).subarray(0, 3)), "048180");
    assert.equal(hex(der.octetString(Buffer.alloc(300)).subarray(0, 4)), "0482012c");
  });

  it("writes integers in the shortest form that reads as positive", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const content = der.integer(Buffer.from(bytes)).subarray(2);
        assert.equal(BigInt(`0x0${hex(content)}`), BigInt(`0x0${hex(Buffer.from(bytes))}`));
        assert.ok(content.length >= 1 && content[0]! < 0x80);
        if (content.length > 1) assert.ok(content[0] !== 0 || content[1]! >= 0x80);
      }),
    );
  });
});
