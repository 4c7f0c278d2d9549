import type { AlertsTaken, AlertView } from "../model/alert.ts";
import type { AlertmanagerCall } from "../model/alertmanager.ts";
import type { AdoptedData } from "../model/adoptedData.ts";
import type { AdoptionPreview, NewAdoption } from "../model/adopting.ts";
import type { EnvironmentMode } from "../model/environment.ts";
import type { BackupView, NewRestore, RestorePreview, RestoreSource } from "../model/backup.ts";
import type { ConfirmPreview, ConfirmSource, NewConfirmation } from "../model/cluster.ts";
import type { CertificatesView, HostnamesView } from "../model/certificate.ts";
import type { Color } from "../model/color.ts";
import type { DrillReport, DrillView } from "../model/drill.ts";
import type { Intervention, OffboardingTerms, OperationKind, OperationState, Phase } from "../model/operation.ts";
import type { NewRelease } from "../model/release.ts";
import type { NewHold, OffboardedView, TenantExport } from "../model/offboarding.ts";
import type { NewFreeze } from "../model/freeze.ts";
import type { NewPolicy, NewRollout } from "../model/policy.ts";
import type { NewTenant, TenantPatch, Tier } from "../model/tenant.ts";
import type {
  DriftView,
  EnvironmentView,
  EventView,
  FreezeView,
  OperationView,
  Page,
  PolicyView,
  PreviewView,
  ReleaseView,
  TenantView,
} from "../model/views.ts";
import type { NewWebhook, WebhookTestView, WebhookView } from "../model/webhook.ts";
import type { ActivityItem } from "../model/console/activity.ts";
import type { AdoptionView } from "../model/console/adoption.ts";
import type { AttentionView } from "../model/console/attention.ts";
import type { CalendarView } from "../model/console/calendar.ts";
import type { FleetView, SkewView } from "../model/console/fleet.ts";
import type { OutputView } from "../model/console/output.ts";
import type { LogsView, PodsView } from "../model/console/pods.ts";
import type { StackView } from "../model/console/stack.ts";
import type { StatusView } from "../model/console/status.ts";
import type { TrafficView } from "../model/console/traffic.ts";

/** Who does something, why, and how a repeated call is told from a new one. */
export interface Call {
  /** Who acts, as shown in the ledger. */
  actor: string;
  reason?: string;
  /** The same key with the same `route` and `body` gives the same answer; another body is refused. */
  idempotency?: { key: string; route: string; bodyHash: string };
}

export interface PageQuery {
  limit: number;
  cursor?: string;
}

export interface EventFilter {
  operation?: string;
  environment?: string;
  tenant?: string;
}

export interface AlertFilter {
  environment?: string;
  tenant?: string;
  states?: AlertView["state"][];
}

/** What isn't said is as the policy says. */
export type OffboardingWanted = Partial<OffboardingTerms>;

export interface TenantFilter {
  /** Part of an id, a name or a host name, whatever its case. */
  q?: string;
  /** Of the live slot. */
  release?: string;
  tier?: Tier;
  ring?: number;
}

export interface ActivityFilter extends EventFilter {
  actor?: string;
  types?: string[];
  phases?: Phase[];
  /** Only what somebody caused. */
  people?: boolean;
  since?: Date;
  until?: Date;
}

export interface OperationFilter {
  environment?: string;
  tenant?: string;
  kind?: OperationKind | OperationKind[];
  state?: OperationState | OperationState[];
}

/** Of which pods, and how much. */
export interface LogsWanted {
  color?: Color;
  pod?: string;
  container?: string;
  /** Of the containers before their last restart. */
  previous: boolean;
  lines: number;
}

/** What a preview link leads to. */
export interface Previewed {
  /** The tenant's host name. */
  host: string;
  color: Color;
  /** For the preview header; never to be shown. */
  token: string;
  expiresAt: Date;
}

/** A change of a tenant to preview: a release, a patch, both, or a whole new tenant. */
export interface PreviewChange extends TenantPatch {
  release?: string;
  /** Present when the tenant doesn't exist yet: everything that POST tenants would take. */
  newTenant?: NewTenant;
  /** What that one has on AWS that is there already. */
  adoptedData?: AdoptedData | null;
}

/**
 * All that the server can ask for. Everything returns what the ledger holds once the call is committed; errors are
 * TealErrors with codes of server/problems.ts. Work that takes time is only written down: the answer is the operation.
 */
export interface Automation {
  environments: {
    list(): Promise<EnvironmentView[]>;
    /** Throws `environment_not_found`. All other calls that take an environment do, too. */
    get(environment: string): Promise<EnvironmentView>;
    /** Starts nothing and holds all weights, rollbacks excepted, until `resume`. Repeating it changes nothing. */
    stop(environment: string, call: Call & { reason: string }): Promise<EnvironmentView>;
    resume(environment: string, call: Call & { reason: string }): Promise<EnvironmentView>;
    /** `observe`: what would write to cluster or stacks is refused (`environment_observed`), and what is under way waits. */
    setMode(environment: string, mode: EnvironmentMode, call: Call & { reason: string }): Promise<EnvironmentView>;
  };
  policies: {
    /** The newest version, or the one named. Throws `policy_not_found`. */
    get(environment: string, version?: number): Promise<PolicyView>;
    /** What is left out is as the installation's defaults say. `version`: the one that was read. Throws `revision_mismatch`. */
    set(environment: string, policy: NewPolicy, version: number, call: Call & { reason: string }): Promise<PolicyView>;
  };
  freezes: {
    declare(environment: string, freeze: NewFreeze, call: Call): Promise<FreezeView>;
    /** Those in force or to come. */
    list(environment: string): Promise<FreezeView[]>;
    /** Throws `freeze_not_found`. Lifting what is over or lifted changes nothing. */
    lift(environment: string, id: string, call: Call): Promise<FreezeView>;
  };
  webhooks: {
    /** Throws `webhook_not_found`. */
    get(environment: string): Promise<WebhookView>;
    /** Throws `invalid_input` for a URL that may not be called. */
    set(environment: string, webhook: NewWebhook, call: Call): Promise<WebhookView>;
    /** Gives what it was; what it was still to be told is forgotten. Throws `webhook_not_found`. */
    remove(environment: string, call: Call): Promise<WebhookView>;
    /** Calls it once, now. Throws `webhook_not_found`. */
    test(environment: string, call: Call): Promise<WebhookTestView>;
  };
  releases: {
    /**
     * `created` is false where the very same release is there already. Throws `release_exists` (another content),
     * `digest_required`, `promotion_source` where the policy takes promoted ones only.
     */
    register(environment: string, release: NewRelease, call: Call): Promise<{ release: ReleaseView; created: boolean }>;
    list(environment: string, page: PageQuery): Promise<Page<ReleaseView>>;
    /** Throws `release_not_found`. */
    get(environment: string, version: string): Promise<ReleaseView>;
    withdraw(environment: string, version: string, call: Call & { reason: string }): Promise<ReleaseView>;
    /** How far it has come; of each group of tenants the first `limit`. Throws `release_not_found`. */
    adoption(environment: string, version: string, limit: number): Promise<AdoptionView>;
    /**
     * The release as it is in environment `to` from then on. Throws `release_not_found`, `release_withdrawn`, `not_proven`,
     * `promotion_source`, `release_exists`.
     */
    promote(
      environment: string,
      version: string,
      to: string,
      call: Call & { reason: string },
    ): Promise<{ release: ReleaseView; created: boolean }>;
  };
  tenants: {
    /** Throws `tenant_exists`, `release_not_found`, `release_withdrawn`, `hostname_taken`. */
    create(environment: string, tenant: NewTenant, call: Call): Promise<OperationView>;
    /** What `adopt` would make, with the same refusals. */
    previewAdoption(environment: string, id: string, adoption: NewAdoption): Promise<AdoptionPreview>;
    /**
     * A tenant of what serves its customers now, which stays as it is: its live slot, or with a release beside that. Throws `nothing_to_adopt`, `adoption_unsafe`, and
     * what `create` throws.
     */
    adopt(environment: string, id: string, adoption: NewAdoption, call: Call): Promise<OperationView>;
    list(environment: string, page: PageQuery & TenantFilter): Promise<Page<TenantView>>;
    /** Throws `tenant_not_found`. */
    get(environment: string, id: string): Promise<TenantView>;
    /**
     * Null where the patch changes nothing. Throws `revision_mismatch`, `tenant_busy`, `hostname_taken`, `frozen`,
     * `tenant_suspended` where it needs pods.
     */
    patch(
      environment: string,
      id: string,
      patch: TenantPatch,
      revision: number,
      call: Call,
    ): Promise<OperationView | null>;
    /**
     * Suspends it, waits for its grace, exports and removes it. Throws `tenant_busy`, `retention_too_short`,
     * `backups_unavailable`.
     */
    offboard(environment: string, id: string, wanted: OffboardingWanted, call: Call): Promise<OperationView>;
    /**
     * Throws `tenant_busy`, `tenant_suspended`, `release_not_found`, `release_withdrawn`, `schema_too_new`, `migration_skipped`,
     * `backups_unavailable`, `already_live`, `frozen`.
     */
    rollout(environment: string, id: string, rollout: NewRollout, call: Call): Promise<OperationView>;
    /** Turns the rollout under way round, else moves back to the old slot. Throws `nothing_to_roll_back_to`, `tenant_suspended`. */
    rollback(environment: string, id: string, call: Call): Promise<OperationView>;
    /**
     * New pods of the live release and settings, through the idle slot. Throws `tenant_busy`, `not_provisioned`,
     * `tenant_suspended`, `frozen`.
     */
    restart(environment: string, id: string, call: Call & { reason: string }): Promise<OperationView>;
    /**
     * Web pods of a full slot from now on; null: as many as the tier says. Throws `tenant_busy`, `not_provisioned`,
     * `tenant_suspended`.
     */
    scale(
      environment: string,
      id: string,
      replicas: number | null,
      call: Call & { reason: string },
    ): Promise<OperationView>;
    /** Serves nothing and runs no pod until unsuspended. Throws `tenant_busy`, `not_provisioned`, `tenant_suspended`. */
    suspend(environment: string, id: string, call: Call & { reason: string }): Promise<OperationView>;
    /** Throws `tenant_busy`, `not_suspended`. */
    unsuspend(environment: string, id: string, call: Call & { reason: string }): Promise<OperationView>;
    /** A real Pulumi preview; changes nothing. */
    preview(environment: string, id: string, change: PreviewChange): Promise<PreviewView>;
    /** What is there and not as Teal left it, by a look at stack and cluster; changes nothing. */
    drift(environment: string, id: string): Promise<DriftView>;
    /**
     * Decides that what a drift of this `plan` lists is right, for now; gives the drift after it. Throws `drift_changed`,
     * `cannot_keep`, `tenant_busy`, `hostname_taken`.
     */
    keep(environment: string, id: string, plan: string, call: Call & { reason: string }): Promise<DriftView>;
    /** Mends what a drift of this `plan` lists, and nothing else. Throws `drift_changed`, `nothing_to_repair`, `tenant_busy`. */
    repair(environment: string, id: string, plan: string, call: Call & { reason: string }): Promise<OperationView>;
    /** Requests of the last so many minutes, by color. */
    traffic(environment: string, id: string, minutes: number): Promise<TrafficView>;
    /** As the cluster has them now. Throws `cluster_unreachable`. */
    pods(environment: string, id: string): Promise<PodsView>;
    /** As the cluster has them now, the tenant's secrets masked. Throws `pod_not_found`, `cluster_unreachable`. */
    logs(environment: string, id: string, wanted: LogsWanted): Promise<LogsView>;
    /** As Pulumi has it, secrets left out. Throws `stack_not_found`, `stack_unreadable`. */
    stack(environment: string, id: string): Promise<StackView>;
  };
  backups: {
    /** Newest first. Throws `tenant_not_found`. */
    list(environment: string, id: string, page: PageQuery): Promise<Page<BackupView>>;
    /** Throws `tenant_busy`, `not_provisioned`, `no_data`, `backups_unavailable`. */
    take(environment: string, id: string, call: Call & { reason: string }): Promise<OperationView>;
    /**
     * Throws `backup_not_found`, `no_data`, `backups_unavailable`, `restores_unconfirmed`, and for a moment `point_in_time_out_of_range`,
     * `point_in_time_unavailable`, `preview_failed`.
     */
    previewRestore(environment: string, id: string, source: RestoreSource): Promise<RestorePreview>;
    /** Throws what its preview throws, `tenant_busy`, `tenant_suspended`, and `plan_changed` where it isn't what was shown. */
    restore(environment: string, id: string, restore: NewRestore, call: Call): Promise<OperationView>;
    /**
     * Which of the clusters that restores left behind would be removed. Throws `nothing_to_confirm`, `tenant_busy`, `tenant_suspended`,
     * `data_stack_unsettled`, `stack_unreadable`.
     */
    previewConfirm(environment: string, id: string, source: ConfirmSource): Promise<ConfirmPreview>;
    /** Removes them, after a last snapshot of each. Throws what its preview throws, and `plan_changed` where it isn't what was shown. */
    confirm(environment: string, id: string, confirmation: NewConfirmation, call: Call): Promise<OperationView>;
    /** Has the newest backup restored for a try. Throws `tenant_not_found`, `backup_not_found`, `drill_under_way`, `backups_unavailable`. */
    drill(environment: string, id: string, call: Call & { reason: string }): Promise<DrillView>;
    /** Newest first. Throws `tenant_not_found`. */
    listDrills(environment: string, id: string, page: PageQuery): Promise<Page<DrillView>>;
    /** What drills say of each tenant with data, by id. */
    reportDrills(environment: string, page: PageQuery): Promise<Page<DrillReport>>;
  };
  certificates: {
    /** An environment's, newest first, with the host names that wait for one. */
    list(environment: string, page: PageQuery): Promise<CertificatesView>;
    /** How a tenant's host names are served. Throws `tenant_not_found`. */
    ofTenant(environment: string, id: string): Promise<HostnamesView>;
  };
  offboarded: {
    /** Tenants that are gone, newest first. */
    list(environment: string, page: PageQuery & { tenant?: string }): Promise<Page<OffboardedView>>;
    /** By the offboarding's id. Throws `offboarded_not_found`. */
    get(environment: string, operation: string): Promise<OffboardedView>;
    /** Throws `offboarded_not_found`, `export_gone`. */
    export(environment: string, operation: string): Promise<TenantExport>;
    /** Keeps what is left longer. Throws `offboarded_not_found`, `retention_over`, `retention_too_short`. */
    hold(environment: string, operation: string, hold: NewHold, call: Call): Promise<OffboardedView>;
  };
  operations: {
    list(filter: OperationFilter, page: PageQuery): Promise<Page<OperationView>>;
    /** Throws `operation_not_found`. */
    get(id: string): Promise<OperationView>;
    /** `plan`: what `approve` approves. Throws `action_not_allowed` with why not, `plan_changed`. */
    intervene(id: string, name: Intervention, call: Call & { reason: string; plan?: string }): Promise<OperationView>;
    /**
     * Takes note that it ended badly, and what ended badly on its tenant before it. Repeating it changes nothing. Throws
     * `action_not_allowed` where it has not failed or gone back.
     */
    acknowledge(id: string, call: Call & { reason: string }): Promise<OperationView>;
    /** What Pulumi printed for it. Throws `operation_not_found`. */
    output(id: string): Promise<OutputView>;
    /** Signed; an event says who made it. Throws `operation_not_found`, `preview_closed`. */
    makePreviewLink(id: string, minutes: number, call: Call): Promise<{ token: string; expiresAt: Date }>;
    /** Throws `preview_link_invalid`, and `preview_closed` while there is nothing to be seen. */
    followPreviewLink(token: string): Promise<Previewed>;
  };
  events: {
    /** Oldest first, those with an id above `after`. */
    list(filter: EventFilter, after: number, limit: number): Promise<EventView[]>;
    /** Calls back (without data) whenever there may be new events; returns how to stop it. */
    onNew(listener: () => void): () => void;
  };
  alerts: {
    /** What Alertmanager tells; the same again changes nothing. */
    take(told: AlertmanagerCall, call: Call): Promise<AlertsTaken>;
    /** Newest first. */
    list(filter: AlertFilter, page: PageQuery): Promise<Page<AlertView>>;
    /**
     * Critical ones of the copy that an operation brings its release to, that fired while it was under way. Throws
     * `operation_not_found`.
     */
    during(operation: string): Promise<AlertView[]>;
  };
  overview: {
    /** What needs a person, nearest deadline first. */
    attention(filter: { environment?: string }, page: PageQuery): Promise<AttentionView>;
    /** Teal itself. Never throws for what is not well: it says so. */
    status(): Promise<StatusView>;
    /** A row per tenant; `view` is null where `seen` is its etag still. */
    fleet(environment: string, page: PageQuery, seen?: string): Promise<{ etag: string; view: FleetView | null }>;
    skew(environment: string): Promise<SkewView>;
    calendar(environment: string, span: { from: Date; to: Date }): Promise<CalendarView>;
    /** What happened, newest first. */
    activity(filter: ActivityFilter, page: PageQuery): Promise<Page<ActivityItem>>;
  };
  /** Whether the ledger, queue, worker and cluster answer; `problem` says what is wrong in one line. */
  health(): Promise<{ name: string; ok: boolean; problem?: string }[]>;
}
