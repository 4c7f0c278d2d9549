import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { signedHeaders } from "../../automation/telling/signature.ts";
import { noticeBody, noticeTypes } from "../../model/notice.ts";

type FromTeal = (secret: string, headers: Record<string, string>, body: string) => boolean;

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "notifications.md"), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(page)![1]!;

describe("docs/notifications.md", () => {
  it("shows a call as it is made, and every type of it", () => {
    assert.equal(noticeBody.parse(JSON.parse(block("json"))).type, "operation.waiting");
    const listed = [...page.matchAll(/^\| `((?:operation|certificates|drill)\.[a-z-]+|test)`/gm)].map(
      (match) => match[1],
    );
    assert.deepEqual(listed, [...noticeTypes, "test"]);
  });

  it("checks signatures with code that works", async () => {
    const source = `data:text/javascript,${encodeURIComponent(block("js"))}`;
    const { fromTeal } = (await import(source)) as { fromTeal: FromTeal };
    for (const secret of ["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "any text of some length, ü"]) {
      const headers = signedHeaders(secret, "msg_1", '{"a":"ü"}', new Date());
      assert.equal(fromTeal(secret, headers, '{"a":"ü"}'), true);
      assert.equal(fromTeal(secret, headers, '{"a":"u"}'), false);
      assert.equal(fromTeal("another text of some length", headers, '{"a":"ü"}'), false);
      const old = signedHeaders(secret, "msg_1", "{}", new Date(Date.now() - 600_000));
      assert.equal(fromTeal(secret, old, "{}"), false);
    }
  });
});
