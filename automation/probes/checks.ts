import http from "node:http";
import https from "node:https";
import type { Check } from "../../model/check.ts";
import type { Color } from "../../model/color.ts";
import { previewHeader } from "../../model/headers.ts";
import type { Evidence } from "../../model/operation.ts";
import { cameByPreview, type Routing } from "../../model/routing.ts";
import { failureOf, type Answer } from "./assertions.ts";

export interface CheckTarget {
  /** The gateway, such as http://127.0.0.1:4080. */
  gateway: string;
  /** What splits behind it: each shows in a way of its own that it has a preview rule in force. */
  routing: Routing;
  /** The tenant's host name. By HTTPS it is what the certificate has to be for. */
  host: string;
  /** Ask for this color by the preview rule; null: go where the weights say. */
  preview: { token: string; color: Color } | null;
}

/** What a check met. `unrouted`: the answer did not come by the preview rule, so it says nothing about the release. */
export type CheckResult = { passed: true } | { passed: false; unrouted: boolean; evidence: Evidence };

/** Sends one check through the gateway. Never throws: an answer that fails is a result. */
export async function runCheck(target: CheckTarget, check: Check): Promise<CheckResult> {
  const what = `${check.method} ${check.path}`;
  const fail = (text: string, unrouted = false): CheckResult => ({
    passed: false,
    unrouted,
    evidence: { source: "request", text: `${what} ${text}`, at: new Date().toISOString() },
  });
  try {
    const answer = await send(target, check);
    if (target.preview && !cameByPreview(target.routing, answer, target.preview.color))
      return fail("was not answered by the preview rule", true);
    const failure = failureOf(check, answer);
    return failure === undefined ? { passed: true } : fail(failure);
  } catch (error) {
    return fail(`got no answer: ${(error as Error).message}`);
  }
}

/** Of an answer no more is kept; the rest is only waited for. */
const maxBodyBytes = 1024 * 1024;

/** What comes back of one request. Rejects where nothing does. */
export function send(target: CheckTarget, check: Check): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const url = new URL(check.path, target.gateway);
    const { request } = url.protocol === "https:" ? https : http;
    const sent = request(url, {
      method: check.method,
      headers: {
        host: target.host,
        "user-agent": "teal-check",
        ...(target.preview && { [previewHeader]: target.preview.token }),
      },
      signal: AbortSignal.timeout(check.timeoutSeconds * 1000),
    });
    sent.on("error", (error) => {
      reject(error.name === "AbortError" ? new Error(`nothing within ${check.timeoutSeconds} s`) : error);
    });
    sent.on("response", (response) => {
      response.on("error", reject);
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= maxBodyBytes) chunks.push(chunk);
      });
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        const body = bytes > maxBodyBytes ? null : Buffer.concat(chunks).toString();
        resolve({ status, headers, body, milliseconds: performance.now() - began });
      });
    });
    sent.end();
  });
}

/**
 * Sends every check `repeats` times, stopping at the first that fails. A release that fails every other request passes
 * ten in a row once in a thousand times.
 */
export async function runChecks(target: CheckTarget, checks: Check[], repeats: number): Promise<CheckResult> {
  for (const check of checks) {
    for (let i = 0; i < repeats; i++) {
      const result = await runCheck(target, check);
      if (!result.passed) return result;
    }
  }
  return { passed: true };
}
