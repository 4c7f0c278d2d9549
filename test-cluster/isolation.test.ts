import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { allowed } from "./isolation/allowed.ts";
import { attempts } from "./isolation/attempts.ts";
import type { Attempt } from "./isolation/attempts/attempt.ts";
import { beyond } from "./isolation/attempts/beyond.ts";
import { permissions, refusals, write, written } from "./isolation/document.ts";
import { mechanismOf } from "./isolation/mechanism.ts";
import { pod, privileged } from "./isolation/objects.ts";
import { openScene, type Scene } from "./isolation/scene.ts";
import { snapshot } from "./isolation/snapshot.ts";
import type { Answer, Ask } from "./support/identity.ts";

interface Policy {
  status: { typeChecking?: object };
}

const digest = `teal/app@sha256:${"a".repeat(64)}`;

describe("isolation of tenants", function () {
  this.timeout(120_000);
  let scene: Scene;
  let untouched: unknown;
  const found = new Map<Attempt, string[]>();
  const both = () => Promise.all([scene.place.own, scene.place.other].map((n) => snapshot(scene.administrator, n)));

  before(async function () {
    this.timeout(45 * 60_000);
    scene = await openScene();
    await policiesInForce(scene);
    untouched = await both();
  });
  after(() => scene?.close());

  it("has policies whose expressions fit the kinds that they are for", async () => {
    const path = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    const { items } = (await scene.administrator({ method: "GET", path })).body as unknown as { items: Policy[] };
    assert.ok(items.length >= 7);
    for (const { status } of items) assert.deepEqual(status, { ...status, typeChecking: {} });
  });

  for (const attempt of Object.values(attempts).flat()) {
    it(`refuses: ${attempt.what}`, async () => {
      const { account, admin, root } = scene.people;
      found.set(attempt, []);
      for (const ask of [account, admin, root]) found.get(attempt)!.push(await refusal(ask, attempt, scene));
    });
  }

  it("takes a Deployment of privileged pods, and none of its pods", async () => {
    const { metadata, spec } = privileged;
    const path = `/apis/apps/v1/namespaces/${scene.place.own}/deployments`;
    const body = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "extra" },
      spec: { selector: { matchLabels: metadata.labels }, template: { metadata: { labels: metadata.labels }, spec } },
    };
    assert.equal((await scene.people.admin({ method: "POST", path, body })).code, 201);
    const failure = await eventually(async () => {
      const { status } = (await scene.people.admin({ method: "GET", path: `${path}/extra` })).body as unknown as {
        status: { conditions?: { type: string; message: string }[] };
      };
      return status.conditions?.find(({ type }) => type === "ReplicaFailure")?.message;
    });
    assert.match(failure, /violates PodSecurity/);
    assert.equal((await scene.people.admin({ method: "DELETE", path: `${path}/extra` })).code, 200);
  });

  it("has by all that changed nothing", async () => assert.deepEqual(await both(), untouched));

  it("takes images by digest only, where it is told so", async () => {
    const { people, administrator, place } = scene;
    const path = "/api/v1/namespaces/teal-system/configmaps/teal-images";
    const made = (image: string) => {
      const body = pod({}, { image });
      return people.admin({ method: "POST", path: `/api/v1/namespaces/${place.own}/pods`, body }, { dryRun: true });
    };
    const digests = (value: string) => administrator({ method: "PATCH", path, body: { data: { digests: value } } });
    assert.equal((await digests("true")).code, 200);
    const message = await eventually(async () => ((await made("teal/app:1.0.0")).code === 201 ? undefined : "refused"));
    assert.equal(message, "refused");
    assert.match((await made("teal/app:1.0.0")).message, /'teal-pods'.*without a digest .* teal\/app:1\.0\.0/);
    assert.equal((await made(digest)).code, 201);
    await digests("false");
    await eventually(async () => ((await made("teal/app:1.0.0")).code === 201 ? "taken again" : undefined));
  });

  for (const attempt of beyond) {
    it(`refuses to Teal: ${attempt.what}`, async () => {
      found.set(attempt, [await refusal(scene.teal, attempt, scene)]);
    });
  }

  for (const { what, by, does } of allowed) it(`lets ${by}: ${what}`, () => does(scene));

  it("lets a namespace go with all that is in it", async () => {
    const path = `/api/v1/namespaces/${scene.place.other}`;
    assert.equal((await scene.teal({ method: "DELETE", path })).code, 200);
    const gone = async () => ((await scene.administrator({ method: "GET", path })).code === 404 ? "gone" : undefined);
    assert.equal(await eventually(gone, 60), "gone");
  });

  it("is in docs/isolation.md as it was found (UPDATE_DOCS=1 writes it anew)", async () => {
    const columns = ["service account", "admin", "cluster-admin there"];
    const parts = await Promise.all(
      Object.entries(attempts).map(async ([title, rows]) => `## ${title}\n\n${await refusals(columns, rows, found)}`),
    );
    const documented = [
      ["refused", parts.join("\n\n")],
      ["allowed", await permissions(allowed)],
      ["beyond", await refusals(["refused by"], beyond, found)],
    ] as const;
    for (const [name, part] of documented) {
      if (process.env["UPDATE_DOCS"]) await write(name, part);
      else assert.equal(await written(name), part);
    }
  });
});

/** By what the attempt was refused. Fails where it was not, or by nothing that we know. */
async function refusal(ask: Ask, attempt: Attempt, { place, administrator }: Scene): Promise<string> {
  const asked = attempt.asked(place);
  let answer: Answer = await ask(asked);
  for (let times = 1; times < (attempt.upTo ?? 1) && answer.code === 201; times++) answer = await ask(asked);
  if (attempt.upTo !== undefined) {
    const path = `/api/v1/namespaces/${place.own}/pods?labelSelector=teal.dev/test&gracePeriodSeconds=0`;
    await administrator({ method: "DELETE", path });
  }
  const mechanism = mechanismOf(answer);
  if (mechanism === null) assert.fail(`Expected a refusal, got ${answer.code}: ${answer.message}`);
  return mechanism;
}

/** Policies hold a moment after they are made: tried, without effect, until those whom RBAC lets through are refused. */
async function policiesInForce({ people, teal, place }: Scene): Promise<void> {
  const tried = [
    ...Object.values(attempts)
      .flat()
      .map((attempt) => ({ ask: people.root, attempt })),
    ...beyond.map((attempt) => ({ ask: teal, attempt })),
  ].filter(({ attempt }) => attempt.upTo === undefined);
  await eventually(async () => {
    const answers = await Promise.all(tried.map(({ ask, attempt }) => ask(attempt.asked(place), { dryRun: true })));
    return answers.every(({ code }) => code >= 300) || undefined;
  });
}

/** What `look` gives as soon as it gives something, within `seconds`. */
async function eventually<T>(look: () => Promise<T | undefined>, seconds = 20): Promise<T> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    assert.ok(performance.now() < until, `nothing within ${seconds} s`);
    await delay(250);
  }
}
