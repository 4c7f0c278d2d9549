import assert from "node:assert/strict";
import { problems, type ProblemCode } from "../../../server/problems.ts";
import type { Answer } from "./harness.ts";

/** Asserts that the answer is a well-formed problem of this code. */
export function assertProblem(answer: Answer, code: ProblemCode): Record<string, unknown> {
  assert.equal(answer.body?.code, code, answer.text);
  assert.equal(answer.headers["content-type"], "application/problem+json");
  const { status, title } = problems[code];
  assert.equal(answer.status, status);
  assert.deepEqual([answer.body.status, answer.body.title], [status, title]);
  assert.equal(answer.body.type, `urn:teal:problem:${code}`);
  assert.equal(answer.body.instance, `urn:uuid:${answer.headers["x-request-id"]}`);
  assert.ok(String(answer.body.detail).length > 10);
  return answer.body;
}
