import assert from "node:assert/strict";
import type { RestorePreview } from "../../model/backup.ts";
import type { ChaosTeal } from "../chaosTeal.ts";
import type { Scenario } from "../scenario.ts";
import { asks, deathsAt, done, isRecorded, offboards, postTo } from "./parts.ts";

const migration = { command: ["migrate"], compatible: true };
/** Releases that keep data. */
export const dataReleases = { volume: { path: "/data" }, migration };

const quickly = { release: "2.0.0", steps: [100], bakeSeconds: 0, holdSeconds: 0 };

async function write(teal: ChaosTeal, tenant: string, text: string): Promise<void> {
  assert.equal((await teal.send(tenant, "/notes", { text })).status, 201);
}

/** What was written is there, once each, in the schema of the release. */
function holds(schema: number, ...texts: string[]): Scenario["check"] {
  return async (teal, tenant) => {
    const { body } = await teal.visit(tenant, "/notes");
    const { schemaVersion, notes } = body as unknown as { schemaVersion: number; notes: { text: string }[] };
    assert.deepEqual([schemaVersion, notes.map(({ text }) => text).sort()], [schema, texts]);
  };
}

const writesFirst = (teal: ChaosTeal, tenant: string) => write(teal, tenant, "first");

/** The same plan however often it is asked for: a repeated call has to be the same. */
function restores(): Scenario["begin"] {
  let body: object | undefined;
  return async (teal, tenant, headers) => {
    if (!body) {
      const path = `/v1/environments/develop/tenants/${tenant}`;
      const { items } = await teal.accepted<{ items: { id: string }[] }>("GET", `${path}/backups`);
      const backup = items[0]!.id;
      const { plan } = await teal.accepted<RestorePreview>("POST", `${path}/restore/preview`, { backup });
      body = { backup, plan, reason: "lost" };
    }
    return postTo(teal, tenant, "restore", body, headers);
  };
}

/** What touches a tenant's data. */
export const data: Scenario[] = [
  {
    kind: "rollout",
    name: "a rollout with a backup and a migration, killed in both",
    tenant: "migrated",
    release: "1.0.0",
    prepare: writesFirst,
    begin: asks("rollouts", quickly),
    events: [
      ...deathsAt("backup@backing-up", "before", "during", "after"),
      ...deathsAt("migrate@migrating", "before", "sent", "answered", "after"),
    ],
    ends: {
      state: "succeeded",
      phases: [
        ...(["backing-up", "migrating", "deploying", "verifying", "shifting", "baking"] as const),
        ...(["promoting", "holding", "settling", "succeeded"] as const),
      ],
      release: "2.0.0",
    },
    check: holds(2, "first"),
  },
  {
    kind: "rollout",
    name: "a recreation killed while nobody is served",
    tenant: "recreated",
    release: "1.0.0",
    prepare: writesFirst,
    begin: asks("rollouts", { ...quickly, strategy: "recreate" }),
    events: [
      ...deathsAt("apply@stopping", "answered"),
      ...deathsAt("migrate@migrating", "answered"),
      ...deathsAt("apply@deploying", "answered"),
      ...deathsAt("apply@opening", "sent"),
    ],
    ends: {
      state: "succeeded",
      phases: [
        ...(["closing", "stopping", "backing-up", "migrating", "deploying", "verifying"] as const),
        ...(["opening", "settling", "succeeded"] as const),
      ],
      release: "2.0.0",
    },
    suspended: true,
    check: holds(2, "first"),
  },
  {
    kind: "rollout",
    name: "a recreation that fails, killed while what ran before comes back",
    tenant: "warmed",
    release: "1.0.0",
    prepare: writesFirst,
    begin: asks("rollouts", { ...quickly, strategy: "recreate" }),
    events: [{ fail: "verify@verifying" }, ...deathsAt("warm@warming", "before", "sent", "answered", "after")],
    ends: {
      state: "rolled-back",
      phases: [
        ...(["closing", "stopping", "backing-up", "migrating", "deploying", "verifying"] as const),
        ...(["warming", "rolling-back", "restoring", "rolled-back"] as const),
      ],
      release: "1.0.0",
    },
    suspended: true,
    check: holds(2, "first"),
  },
  {
    kind: "backup",
    name: "a backup killed as it is put in place",
    tenant: "saved",
    release: "1.0.0",
    prepare: writesFirst,
    begin: asks("backups", { reason: "audit" }),
    events: deathsAt("backup@backing-up", "during"),
    ends: { state: "succeeded", phases: ["backing-up", "succeeded"], release: "1.0.0" },
    check: holds(1, "first"),
  },
  {
    kind: "restore",
    name: "a restore killed at all that it does to the data",
    tenant: "brought-back",
    release: "1.0.0",
    prepare: async (teal, tenant) => {
      await writesFirst(teal, tenant);
      await done(teal, postTo(teal, tenant, "backups", { reason: "audit" }));
      await write(teal, tenant, "lost");
    },
    begin: restores(),
    events: [
      ...deathsAt("restore@restoring-data", "before", "during"),
      { at: "restore@restoring-data", moment: "during", change: 3 },
      ...deathsAt("restore@restoring-data", "after"),
    ],
    ends: {
      state: "succeeded",
      phases: [
        ...(["closing", "stopping", "backing-up", "restoring-data", "deploying", "verifying"] as const),
        ...(["opening", "succeeded"] as const),
      ],
      release: "1.0.0",
    },
    suspended: true,
    check: holds(1, "first"),
  },
  {
    kind: "offboard",
    name: "an offboarding killed while its data is exported",
    tenant: "exported",
    release: "1.0.0",
    prepare: writesFirst,
    begin: offboards(""),
    events: [...deathsAt("export@exporting", "during", "after"), ...deathsAt("remove@removing", "answered")],
    ends: {
      state: "succeeded",
      phases: ["closing", "stopping", "grace", "exporting", "removing", "succeeded"],
      release: null,
    },
    check: isRecorded({ backups: 1 }),
    gone: true,
  },
];
