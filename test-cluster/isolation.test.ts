import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { attempts, type Attempt } from "./isolation/attempts.ts";
import { mechanismOf } from "./isolation/mechanism.ts";
import { openScene, type Scene } from "./isolation/scene.ts";
import type { Answer, Ask } from "./support/identity.ts";

const people = ["account", "admin", "root"] as const;

describe("isolation of tenants", function () {
  this.timeout(120_000);
  let scene: Scene;
  const found = new Map<string, Partial<Record<(typeof people)[number], string>>>();

  before(async function () {
    this.timeout(45 * 60_000);
    scene = await openScene((line) => console.log(`    ${line}`));
    await policiesInForce(scene);
  });
  after(() => scene?.close());

  for (const attempt of attempts) {
    for (const who of people) {
      it(`${attempt.what}: refused to ${who}`, async () => {
        const answer = await tryIt(scene.people[who], attempt, scene);
        const mechanism = mechanismOf(answer);
        assert.notEqual(mechanism, null, `${answer.code}: ${answer.message}`);
        console.log("       ", mechanism, answer.message.slice(0, 200));
        found.set(attempt.what, { ...found.get(attempt.what), [who]: mechanism! });
      });
    }
  }
});

async function tryIt(ask: Ask, attempt: Attempt, { place, administrator }: Scene): Promise<Answer> {
  const asked = attempt.asked(place);
  let answer = await ask(asked);
  for (let times = 1; times < (attempt.upTo ?? 1) && answer.code === 201; times++) answer = await ask(asked);
  if (attempt.upTo !== undefined) {
    const path = `/api/v1/namespaces/${place.own}/pods?labelSelector=teal.dev/test`;
    await administrator({ method: "DELETE", path });
  }
  return answer;
}

/** Policies hold a moment after they are made: tried, without effect, until those that RBAC lets through are refused. */
async function policiesInForce({ people, place }: Scene): Promise<void> {
  const once = attempts.filter((attempt) => attempt.upTo === undefined);
  for (let wait = 0; ; wait++) {
    const answers = await Promise.all(once.map((attempt) => people.root(attempt.asked(place), { dryRun: true })));
    const open = once.filter((_, i) => answers[i]!.code < 300).map((attempt) => attempt.what);
    if (open.length === 0) return;
    if (wait === 20) throw new Error(`Not refused: ${open.join("; ")}`);
    await delay(500);
  }
}
