import { EventEmitter } from "node:events";
import type { Automation } from "../../../automation/automation.ts";
import { TealError } from "../../../model/errors.ts";
import type { EventView, OperationView } from "../../../model/views.ts";
import { certificates, hostnames } from "./certificateViews.ts";
import {
  adoption,
  alert,
  attention,
  calendar,
  fleet,
  logs,
  output,
  pods,
  skew,
  stack,
  status,
  traffic,
} from "./consoleViews.ts";
import {
  backup,
  confirmation,
  drill,
  drift,
  event,
  freeze,
  freezeId,
  offboarded,
  operation,
  operationId,
  policy,
  preview,
  release,
  restore,
  tenant,
  tenantExported,
  webhook,
} from "./views.ts";

export const environments = ["develop", "production"];

/**
 * Answers everything from memory and remembers what it was asked. `acme` and release `1.0.0` exist. `failure`, while
 * set, is thrown by every call.
 */
export class FakeAutomation implements Automation {
  readonly calls: { name: string; args: unknown[] }[] = [];
  readonly log: EventView[] = [];
  readonly news = new EventEmitter();
  failure: unknown = null;
  state: OperationView["state"] = "running";
  healthy = true;
  releaseIsNew = true;
  patchChanges = true;

  add(...events: EventView[]): void {
    this.log.push(...events);
    this.news.emit("new");
  }

  private async answer<T>(name: string, args: unknown[], value: T): Promise<T> {
    this.calls.push({ name, args });
    if (this.failure !== null) throw this.failure;
    return value;
  }

  readonly environments: Automation["environments"] = {
    list: () => this.answer("environments.list", [], environments.map(environment)),
    get: (name) => this.answer("environments.get", [name], environment(name)),
    stop: (name, call) => this.answer("environments.stop", [name, call], environment(name)),
    resume: (name, call) => this.answer("environments.resume", [name, call], environment(name)),
    setMode: (name, mode, call) => this.answer("environments.setMode", [name, mode, call], environment(name)),
  };

  readonly policies: Automation["policies"] = {
    get: async (env, version = 2) => {
      const found = await this.answer("policies.get", [env, version], policy(env, version));
      if (version > 2) throw new TealError("policy_not_found", `Expected a version; there is no ${version}.`);
      return found;
    },
    set: (env, given, version, call) => {
      const changed = { at: "2026-01-01T00:00:00.000Z", by: call.actor, reason: call.reason };
      const { policy: defaults } = policy(env, 0);
      const set = { environment: env, version: version + 1, policy: { ...defaults, ...given }, changed };
      return this.answer("policies.set", [env, given, version, call], set);
    },
  };

  readonly freezes: Automation["freezes"] = {
    declare: (env, given, call) => this.answer("freezes.declare", [env, given, call], freeze(env)),
    list: (env) => this.answer("freezes.list", [env], [freeze(env)]),
    lift: async (env, id, call) => {
      const lifted = { at: "2026-01-01T00:00:00.000Z", by: call.actor };
      const found = await this.answer("freezes.lift", [env, id, call], freeze(env, { lifted }));
      if (id !== freezeId) throw new TealError("freeze_not_found", `Expected a freeze; there is no ${id}.`);
      return found;
    },
  };

  readonly webhooks: Automation["webhooks"] = {
    get: async (env) => {
      const found = await this.answer("webhooks.get", [env], webhook(env));
      if (env === "develop") throw new TealError("webhook_not_found", `Expected a webhook; ${env} has none.`);
      return found;
    },
    set: (env, given, call) => {
      const { url, remindMinutes } = given;
      return this.answer("webhooks.set", [env, given, call], { ...webhook(env), url, remindMinutes });
    },
    remove: (env, call) => this.answer("webhooks.remove", [env, call], webhook(env)),
    test: (env, call) => this.answer("webhooks.test", [env, call], { delivered: true, status: 204, milliseconds: 7 }),
  };

  readonly releases: Automation["releases"] = {
    register: (env, given, call) => {
      const registered = { release: { ...release(given.version, env), ...given }, created: this.releaseIsNew };
      return this.answer("releases.register", [env, given, call], registered);
    },
    list: (env, page) => this.answer("releases.list", [env, page], { items: [release("1.0.0", env)], next: "abc" }),
    get: async (env, version) => {
      const found = await this.answer("releases.get", [env, version], release(version, env));
      if (version !== "1.0.0") throw new TealError("release_not_found", `Expected a release; there is no ${version}.`);
      return found;
    },
    withdraw: (env, version, call) => {
      const withdrawn = { at: "2026-01-01T00:00:00.000Z", by: call.actor, reason: call.reason };
      return this.answer("releases.withdraw", [env, version, call], { ...release(version, env), withdrawn });
    },
    adoption: async (env, version, limit) => {
      const found = await this.answer("releases.adoption", [env, version, limit], adoption(env, version));
      if (version !== "1.0.0") throw new TealError("release_not_found", `Expected a release; there is no ${version}.`);
      return found;
    },
    promote: (env, version, to, call) => {
      const at = "2026-01-01T00:00:00.000Z";
      const promotedFrom = { environment: env, at, by: call.actor, reason: call.reason };
      const promoted = { release: { ...release(version, to), promotedFrom }, created: this.releaseIsNew };
      return this.answer("releases.promote", [env, version, to, call], promoted);
    },
  };

  readonly tenants: Automation["tenants"] = {
    create: (env, given, call) => this.answer("tenants.create", [env, given, call], operation()),
    adopt: (env, id, given, call) => this.answer("tenants.adopt", [env, id, given, call], operation()),
    previewAdoption: (env, id, given) =>
      this.answer("tenants.previewAdoption", [env, id, given], {
        ...preview,
        tenant: id,
        hostnames: given.hostnames,
        takes: [],
        found: { namespace: given.from.namespace, workloads: [], routes: [], claims: [] },
        notes: [],
      }),
    list: (env, page) => this.answer("tenants.list", [env, page], { items: [tenant("acme", env)] }),
    get: async (env, id) => {
      const found = await this.answer("tenants.get", [env, id], tenant(id, env));
      if (id !== "acme") throw new TealError("tenant_not_found", `Expected a tenant; there is no ${id}.`);
      return found;
    },
    patch: (env, id, patch, revision, call) =>
      this.answer("tenants.patch", [env, id, patch, revision, call], this.patchChanges ? operation() : null),
    offboard: (env, id, wanted, call) =>
      this.answer("tenants.offboard", [env, id, wanted, call], operation({ kind: "offboard" })),
    rollout: (env, id, rollout, call) =>
      this.answer("tenants.rollout", [env, id, rollout, call], operation({ kind: "rollout" })),
    rollback: (env, id, call) => this.answer("tenants.rollback", [env, id, call], operation({ kind: "rollback" })),
    drift: (env, id) => this.answer("tenants.drift", [env, id], drift),
    keep: (env, id, plan, call) => this.answer("tenants.keep", [env, id, plan, call], drift),
    repair: (env, id, plan, call) =>
      this.answer("tenants.repair", [env, id, plan, call], operation({ kind: "repair" })),
    restart: (env, id, call) => this.answer("tenants.restart", [env, id, call], operation({ kind: "restart" })),
    scale: (env, id, replicas, call) =>
      this.answer("tenants.scale", [env, id, replicas, call], operation({ kind: "scale" })),
    suspend: (env, id, call) => this.answer("tenants.suspend", [env, id, call], operation({ kind: "suspend" })),
    unsuspend: (env, id, call) => this.answer("tenants.unsuspend", [env, id, call], operation({ kind: "unsuspend" })),
    preview: (env, id, change) => this.answer("tenants.preview", [env, id, change], preview),
    traffic: (env, id, minutes) => this.answer("tenants.traffic", [env, id, minutes], traffic(env, id)),
    pods: (env, id) => this.answer("tenants.pods", [env, id], pods(env, id)),
    logs: async (env, id, wanted) => {
      const found = await this.answer("tenants.logs", [env, id, wanted], logs(env, id));
      if (wanted.pod === "gone") throw new TealError("pod_not_found", "Expected a pod; there is no gone.");
      return found;
    },
    stack: (env, id) => this.answer("tenants.stack", [env, id], stack(env, id)),
  };

  readonly backups: Automation["backups"] = {
    list: (env, id, page) => this.answer("backups.list", [env, id, page], { items: [backup(env, id)] }),
    drill: (env, id, call) => this.answer("backups.drill", [env, id, call], drill(env, id)),
    listDrills: (env, id, page) => this.answer("backups.listDrills", [env, id, page], { items: [drill(env, id)] }),
    reportDrills: (env, page) => this.answer("backups.reportDrills", [env, page], { items: [] }),
    take: (env, id, call) => this.answer("backups.take", [env, id, call], operation({ kind: "backup" })),
    previewRestore: (env, id, source) => this.answer("backups.previewRestore", [env, id, source], restore(env, id)),
    previewConfirm: (env, id, source) =>
      this.answer("backups.previewConfirm", [env, id, source], confirmation(env, id)),
    confirm: (env, id, given, call) =>
      this.answer("backups.confirm", [env, id, given, call], operation({ kind: "configure", letsGo: [1] })),
    restore: (env, id, given, call) =>
      this.answer("backups.restore", [env, id, given, call], operation({ kind: "restore" })),
  };

  readonly certificates: Automation["certificates"] = {
    list: (env, page) => this.answer("certificates.list", [env, page], certificates(env)),
    ofTenant: (env, id) => this.answer("certificates.ofTenant", [env, id], hostnames(env, id)),
  };

  readonly offboarded: Automation["offboarded"] = {
    list: (env, page) => this.answer("offboarded.list", [env, page], { items: [offboarded(env)] }),
    get: (env, id) => this.answer("offboarded.get", [env, id], offboarded(env)),
    export: (env, id) => this.answer("offboarded.export", [env, id], tenantExported(env)),
    hold: (env, id, hold, call) => this.answer("offboarded.hold", [env, id, hold, call], offboarded(env)),
  };

  readonly operations: Automation["operations"] = {
    list: (filter, page) => this.answer("operations.list", [filter, page], { items: [operation()] }),
    get: async (id) => {
      const found = await this.answer("operations.get", [id], operation({ state: this.state }));
      if (id !== operationId) throw new TealError("operation_not_found", "Expected an operation; there is none.");
      return found;
    },
    acknowledge: (id, call) => {
      const acknowledged = { at: "2026-01-01T00:00:00.000Z", by: call.actor, reason: call.reason };
      return this.answer("operations.acknowledge", [id, call], operation({ state: "failed", acknowledged }));
    },
    output: (id) => this.answer("operations.output", [id], output(id)),
    makePreviewLink: (id, minutes, call) => {
      const made = { token: "signed", expiresAt: new Date("2026-01-01T01:00:00.000Z") };
      return this.answer("operations.makePreviewLink", [id, minutes, call], made);
    },
    followPreviewLink: (token) => {
      const expiresAt = new Date("2099-01-01T00:00:00.000Z");
      const previewed = { host: "acme.production.localhost", color: "green" as const, token: "secret", expiresAt };
      return this.answer("operations.followPreviewLink", [token], previewed);
    },
    intervene: (id, name, call) => this.answer("operations.intervene", [id, name, call], operation()),
  };

  readonly events: Automation["events"] = {
    list: (filter, after, limit) => {
      const found = this.log.filter((e) => e.id > after && (filter.tenant ?? e.tenant) === e.tenant).slice(0, limit);
      return this.answer("events.list", [filter, after, limit], found);
    },
    onNew: (listener) => {
      this.news.on("new", listener);
      return () => this.news.off("new", listener);
    },
  };

  readonly alerts: Automation["alerts"] = {
    take: (told, call) =>
      this.answer("alerts.take", [told, call], { firing: told.alerts.length, ended: 0, refused: 0 }),
    list: (filter, page) => this.answer("alerts.list", [filter, page], { items: [alert], next: "abc" }),
    during: async (id) => {
      const found = await this.answer("alerts.during", [id], [alert]);
      if (id !== operationId) throw new TealError("operation_not_found", "Expected an operation; there is none.");
      return found;
    },
  };

  readonly overview: Automation["overview"] = {
    attention: (filter, page) => this.answer("overview.attention", [filter, page], attention),
    status: () => this.answer("overview.status", [], status),
    fleet: (env, page, seen) => {
      const view = seen === "f1c0" ? null : fleet(env, this.fleetSize);
      return this.answer("overview.fleet", [env, page, seen], { etag: "f1c0", view });
    },
    skew: (env) => this.answer("overview.skew", [env], skew(env)),
    calendar: (env, span) => this.answer("overview.calendar", [env, span], calendar(env)),
    activity: (filter, page) => {
      const items = [{ ...event(1), actor: "ann", reason: null }];
      return this.answer("overview.activity", [filter, page], { items, next: "abc" });
    },
  };
  fleetSize = 1;

  async health() {
    return [{ name: "ledger", ok: true }, this.healthy ? { name: "worker", ok: true } : sickWorker];
  }
}

const sickWorker = { name: "worker", ok: false, problem: "it has not reported for 20 s" };

function environment(name: string) {
  return { name, mode: "manage" as const, tenants: 1, releases: 1 };
}
