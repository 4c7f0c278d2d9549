import type { TestTeal } from "../../test/e2e/teal.ts";

export interface Lively {
  /** A rollout that waits for an approval, with some traffic. */
  waiting: string;
  /** One that went back. */
  bad: string;
  /** One that a tenant with data went through while nobody was served. */
  recreated: string;
  /** A restore of that tenant's data. */
  restored: string;
}

/** A Teal with something on every page: tenants of all sorts, a rollout at a gate, one that went back, a freeze to come. */
export async function liveliness(teal: TestTeal): Promise<Lively> {
  for (const version of ["4.1.0", "4.2.0", "4.3.0", "4.4.0-erroring"]) await teal.release(version);
  const tenants = [
    ["acme", "Acme Ltd", "4.2.0"],
    ["globex", "Globex Corporation", "4.2.0"],
    ["initech", "Initech", "4.1.0"],
    ["umbrella", "Umbrella Research", "4.3.0"],
  ] as const;
  const tiers = ["medium", "large", "small", "small"];
  const made = tenants.map(([id, name, release], i) => {
    const config = { GREETING: "hello", THEME: "dark" };
    const more = {
      name,
      ring: i % 3,
      tier: tiers[i],
      config,
      flags: { beta: true },
      secrets: { API_KEY: "s3cr3t-value" },
    };
    return teal.provision(id, release, { ...more, hostnames: [`shop.${id}.example.com`] });
  });
  for (const operation of await Promise.all(made)) await teal.ending(operation, 180);
  const bad = await teal.rollout("globex", "4.4.0-erroring", { reason: "the new search" });
  const E = "/v1/environments/develop";
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  await teal.accepted("POST", `${E}/freezes`, { from: at(5), to: at(8), reason: "Christmas trade" });
  await teal.accepted("POST", `${E}/tenants/initech/suspend`, { reason: "unpaid" }, { "teal-actor": "Grace" });
  const gates = { steps: [10, 50, 100], gates: ["before-full"], bakeSeconds: 1, holdSeconds: 3600 };
  const waiting = await teal.rollout("acme", "4.3.0", { ...gates, reason: "faster checkout" });
  for (let i = 0; i < 60; i++) await teal.visit("acme");
  await teal.ending(bad, 180);
  await teal.when(waiting, "the gate", (o) => o.approval?.plan !== undefined, 180);
  return { waiting: waiting.id, bad: bad.id, ...(await withData(teal)) };
}

/** A tenant whose releases keep data: migrated, backed up, brought to another release while shut, and restored. */
async function withData(teal: TestTeal): Promise<Pick<Lively, "recreated" | "restored">> {
  const volume = { path: "/data" };
  const migration = { command: ["migrate"], compatible: true };
  await teal.release("5.0.0", { volume, migration });
  await teal.release("5.1.0", { volume, migration });
  const tenant = "/v1/environments/develop/tenants/hooli";
  const reason = { "teal-actor": "Grace" };
  await teal.ending(await teal.provision("hooli", "5.0.0", { name: "Hooli" }), 180);
  await teal.send("hooli", "/notes", { text: "first" });
  await teal.ending(await teal.accepted("POST", `${tenant}/backups`, { reason: "before the audit" }, reason), 180);
  await teal.send("hooli", "/notes", { text: "second" });
  const recreated = await teal.rollout("hooli", "5.1.0", { strategy: "recreate", reason: "the new schema" });
  await teal.ending(recreated, 180);
  const source = { backup: recreated.id };
  const { plan } = await teal.accepted<{ plan: string }>("POST", `${tenant}/restore/preview`, source);
  const restored = await teal.accepted(
    "POST",
    `${tenant}/restore`,
    { ...source, plan, reason: "a wrong import" },
    reason,
  );
  await teal.ending(restored, 180);
  return { recreated: recreated.id, restored: restored.id };
}

/** Every page, with something that it shows once it has what it needs. */
export function pagesOf({
  waiting,
  bad,
  recreated,
  restored,
}: Lively): { name: string; path: string; ready: string | RegExp }[] {
  const E = "/environments/develop";
  return [
    { name: "needs-you", path: "/", ready: "Needs approval" },
    { name: "fleet", path: `${E}/fleet`, ready: "Umbrella Research" },
    { name: "fleet-grouped", path: `${E}/fleet?group=ring&sort=behind`, ready: "Ring 2" },
    { name: "tenant-now", path: `${E}/tenants/acme`, ready: "Who gets what" },
    { name: "tenant-changes", path: `${E}/tenants/globex/changes`, ready: "History" },
    { name: "tenant-logs", path: `${E}/tenants/acme/logs`, ready: "What pods wrote" },
    { name: "tenant-with-data", path: `${E}/tenants/hooli`, ready: /on a volume of/ },
    { name: "tenant-data", path: `${E}/tenants/hooli/data`, ready: /before the audit/ },
    { name: "tenant-without-data", path: `${E}/tenants/acme/data`, ready: /keeps no data/ },
    { name: "tenant-internals", path: `${E}/tenants/acme/internals`, ready: "The stack" },
    { name: "rollout-at-a-gate", path: `/operations/${waiting}`, ready: "What would be done next" },
    { name: "rollout-gone-back", path: `/operations/${bad}`, ready: "The story" },
    { name: "rollout-recreate", path: `/operations/${recreated}`, ready: "What the migration wrote" },
    { name: "restore", path: `/operations/${restored}`, ready: "Nobody served" },
    { name: "releases", path: `${E}/releases`, ready: "4.4.0-erroring" },
    { name: "release", path: `${E}/releases/4.3.0`, ready: "How far it has come" },
    { name: "calendar", path: `${E}/calendar`, ready: "Christmas trade" },
    { name: "certificates", path: `${E}/certificates`, ready: "Newest first" },
    { name: "activity", path: "/activity", ready: /asked for|provision/ },
    { name: "start-tenant", path: `${E}/start/tenant`, ready: "Its place in a wave: lower rings come first." },
    { name: "start-rollout", path: `${E}/start/rollout?tenant=acme`, ready: /By the policy/ },
    { name: "start-release", path: `${E}/start/release`, ready: "Nothing is rolled out by it." },
    { name: "policy", path: `${E}/policy`, ready: "How traffic moves" },
  ];
}
