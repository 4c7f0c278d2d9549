import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byHand } from "../test/e2e/byHand.ts";
import type { TestTeal } from "../test/e2e/teal.ts";

/**
 * A tenant is whole: cluster, stack and ledger say the same, nothing is locked and nothing pending. `release`: what it
 * has now; null: it is gone, and everything of it.
 */
export async function assertNothingLeft(teal: TestTeal, tenant: string, release: string | null): Promise<void> {
  const stacks = join(teal.data, "state", ".pulumi");
  const locks = join(stacks, "locks", "organization", "tenant", `develop.${tenant}`);
  if (existsSync(locks)) assert.deepEqual(readdirSync(locks), [], "the stack is left locked");
  const file = join(stacks, "stacks", "tenant", `develop.${tenant}.json`);
  if (release === null) return await assertGone(teal, tenant, file);

  const state = JSON.parse(readFileSync(file, "utf8")) as { checkpoint: { latest: Record<string, unknown> } };
  assert.equal(state.checkpoint.latest["pending_operations"], undefined, "operations are left pending");
  const drift = await teal.drift(tenant);
  assert.deepEqual([drift.drifted, drift.items], [false, []], JSON.stringify(drift));
  const { release: live, weights, suspended, attention } = await teal.tenant(tenant);
  assert.equal(live, release);
  assert.equal(weights.blue + weights.green, 100);
  assert.equal(attention, undefined);
  if (!suspended) assert.deepEqual(await teal.split(tenant, 10), { [release]: 10 });
}

async function assertGone(teal: TestTeal, tenant: string, stack: string): Promise<void> {
  const { status } = await teal.call("GET", `/v1/environments/develop/tenants/${tenant}`);
  assert.equal(status, 404);
  assert.ok(!existsSync(stack), "its stack is left");
  assert.ok(!(await byHand(teal).namespaces()).includes(`develop-${tenant}`), "its namespace is left");
}
