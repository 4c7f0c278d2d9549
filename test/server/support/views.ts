import type { DrillView } from "../../../model/drill.ts";
import type { OffboardedView, TenantExport } from "../../../model/offboarding.ts";
import type { BackupView, RestorePreview } from "../../../model/backup.ts";
import type { ConfirmPreview } from "../../../model/cluster.ts";
import type { DriftView } from "../../../model/views.ts";
import { defaultPolicy } from "../../../model/policy.ts";
import type { FreezeView, PolicyView } from "../../../model/views.ts";
import type { EventView, OperationView, PreviewView, ReleaseView, TenantView } from "../../../model/views.ts";
import { newRelease } from "../../../model/release.ts";
import { newTenant } from "../../../model/tenant.ts";
import type { WebhookView } from "../../../model/webhook.ts";

export const operationId = "11111111-1111-4111-8111-111111111111";
const time = "2026-01-01T00:00:00.000Z";

export function operation(change: Partial<OperationView> = {}): OperationView {
  return {
    id: operationId,
    kind: "provision",
    environment: "production",
    tenant: "acme",
    state: "queued",
    phase: "queued",
    actor: "local",
    actions: [{ name: "abort", allowed: true, effect: "Gives up" }],
    createdAt: time,
    ...change,
  };
}

export function tenant(id: string, environment: string): TenantView {
  return {
    id,
    name: "Acme",
    tier: "small",
    ring: 0,
    hostnames: [],
    config: {},
    flags: {},
    timeZone: "Europe/Berlin",
    policy: { bakeSeconds: 30 },
    environment,
    live: "blue",
    release: "1.0.0",
    weights: { blue: 100, green: 0 },
    replicas: null,
    suspended: false,
    maintenance: false,
    volume: null,
    schema: null,
    slots: {
      blue: { release: "1.0.0", image: "teal/app:1.0.0", revision: 1, scale: "full", ready: true },
      green: null,
    },
    secretNames: ["PASSWORD"],
    revision: 3,
    stack: `organization/tenant/${environment}.${id}`,
    namespace: `${environment}-${id}`,
    url: `http://${id}.${environment}.localhost:4080`,
    createdAt: time,
  };
}

export function release(version: string, environment: string): ReleaseView {
  const content = newRelease.parse({ version, image: `teal/app:${version}` });
  return { ...content, environment, createdAt: time, createdBy: "local" };
}

export function policy(environment: string, version: number): PolicyView {
  const changed = { at: time, by: "ann", reason: "slower" };
  return { environment, version, policy: defaultPolicy("production"), ...(version > 0 && { changed }) };
}

export const backupId = "44444444-4444-4444-8444-444444444444";

export function drill(environment: string, tenant: string): DrillView {
  return {
    ...{ id: backupId, environment, tenant, backup: backupId, state: "waiting", by: "alice", reason: "a test" },
    askedAt: time,
  };
}

export function backup(environment: string, tenant: string): BackupView {
  return {
    id: backupId,
    environment,
    tenant,
    takenAt: time,
    takenFor: "backup",
    by: "ann",
    reason: "before the audit",
    provider: "files",
    location: "/backups/1",
    bytes: 4096,
    files: 1,
    checksum: "sha256:00",
    release: "1.0.0",
    image: "teal/app:1.0.0",
    revision: 1,
    weights: { blue: 100, green: 0 },
    stack: { version: 0, updatedAt: time },
  };
}

export function offboarded(environment: string): OffboardedView {
  return {
    operation: operationId,
    environment,
    tenant: "gone",
    name: "Gone",
    by: "ann",
    reason: "left us",
    removedAt: time,
    exported: { href: `/v1/environments/${environment}/offboarded/${operationId}/export`, data: "/backups/1" },
    deleted: {
      objects: [{ type: "kubernetes:core/v1:Namespace", name: "namespace", id: "production-gone" }],
      more: false,
    },
    checked: ["the tenant's namespace"],
    kept: { backups: 1, bytes: 4096, until: time, hold: { by: "ann", reason: "audit", at: time }, others: [] },
  };
}

export function tenantExported(environment: string): TenantExport {
  const { id: _, release, secrets: __, ...settings } = newTenant.parse({ id: "gone", name: "Gone", release: "1.0.0" });
  const { id: backupOf, provider, location, bytes, files, checksum } = backup(environment, "gone");
  const data = { backup: backupOf, provider, location, bytes, files, checksum };
  const image = "teal/app:1.0.0";
  return {
    environment,
    tenant: "gone",
    exportedAt: time,
    settings,
    secretNames: ["KEY"],
    release,
    image,
    schema: null,
    data,
  };
}

export function restore(environment: string, tenant: string): RestorePreview {
  const release = { from: "2.0.0", to: "1.0.0" };
  const shown = { plan: "0123456789abcdef", minutesLost: 3, release, withdrawn: false, notes: ["Nobody is served."] };
  return { backup: backup(environment, tenant), ...shown };
}

export const freezeId = "33333333-3333-4333-8333-333333333333";

export function freeze(environment: string, change: Partial<FreezeView> = {}): FreezeView {
  const to = "2026-01-02T00:00:00.000Z";
  return { id: freezeId, environment, from: time, to, reason: "New Year", by: "ann", createdAt: time, ...change };
}

export function webhook(environment: string): WebhookView {
  const url = "https://hooks.example.com/teal";
  return { environment, url, remindMinutes: 60, changed: { at: time, by: "ann", reason: "new pager" } };
}

export function event(id: number): EventView {
  const place = { operation: operationId, environment: "production", tenant: "acme" };
  return { id, ...place, at: time, type: "phase", phase: "deploying", message: `event ${id}\nof many`, data: {} };
}

export const preview: PreviewView = {
  creates: 1,
  updates: 0,
  replaces: 0,
  deletes: 0,
  steps: [{ op: "create", urn: "urn:pulumi:a", type: "t", name: "n", diffs: [] }],
};

export const drift: DriftView = {
  environment: "develop",
  tenant: "acme",
  checkedAt: "2026-01-01T00:00:00.000Z",
  drifted: false,
  plan: "0123456789abcdef",
  traffic: { expected: { blue: 100, green: 0 }, found: { blue: 100, green: 0 } },
  items: [],
  additions: [],
};

export function confirmation(environment: string, id: string): ConfirmPreview {
  const one = (generation: number) => ({ generation, identifier: `${environment}-${id}-${generation}` });
  return {
    plan: "0123456789abcdef",
    inUse: { ...one(2), state: "in-use", restore: operationId, restoredFrom: { snapshot: `teal-${operationId}` } },
    removed: [{ ...one(1), state: "waiting", lastSnapshot: `${environment}-${id}-1-7a0c2c1e-last` }],
    notes: ["What runs stays as it is, and is served meanwhile."],
  };
}
