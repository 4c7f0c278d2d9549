import type { ColumnType, Generated, Selectable } from "kysely";
import type { AdoptedData } from "../../model/adoptedData.ts";
import type { Severity } from "../../model/alert.ts";
import type { CertificateConcern, ValidationOfName } from "../../model/certificate.ts";
import type { Layout, Move } from "../../model/layout.ts";
import type { Color } from "../../model/color.ts";
import type { DrillState } from "../../model/drill.ts";
import type { OutputRun } from "../../model/console/output.ts";
import type { NoticedDrill, NoticedOperation, NoticeType } from "../../model/notice.ts";
import type { Memory, OperationKind, OperationState, Outcome, Phase, Request } from "../../model/operation.ts";
import type { DeletedObject, KeptThing, TenantExport } from "../../model/offboarding.ts";
import type { Policy } from "../../model/policy.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { NewRelease } from "../../model/release.ts";
import type { TenantSettings } from "../../model/tenant.ts";
import type { Kept } from "../drift/kept.ts";
import type { Clusters } from "../../tenant/data/spec.ts";

/** The tables of schema `teal`, as Kysely sees them; migrations/ makes them. */
export interface Schema {
  installation: InstallationTable;
  environments: EnvironmentTable;
  policies: PolicyTable;
  freezes: FreezeTable;
  webhooks: WebhookTable;
  notices: NoticeTable;
  releases: ReleaseTable;
  tenants: TenantTable;
  tenant_hostnames: HostnameTable;
  taken_routes: TakenRouteTable;
  revisions: RevisionTable;
  operations: OperationTable;
  backups: BackupTable;
  alerts: AlertTable;
  drills: DrillTable;
  deployment_feeds: DeploymentFeedTable;
  deployment_changes: DeploymentChangeTable;
  offboardings: OffboardingTable;
  events: EventTable;
  idempotency: IdempotencyTable;
  workers: WorkerTable;
  outputs: OutputTable;
  certificates: CertificateTable;
  certificate_names: CertificateNameTable;
  certificate_concerns: CertificateConcernTable;
  certificate_problems: CertificateProblemTable;
}

/** A jsonb column: read parsed, written as text (see json.ts). */
type Json<T> = ColumnType<T, string, string>;
type Now = ColumnType<Date, Date | undefined, never>;

interface InstallationTable {
  key: string;
  value: string;
}

interface EnvironmentTable {
  name: string;
  created_at: Now;
  stopped_at: Date | null;
  stopped_by: string | null;
  stopped_reason: string | null;
  /** Since when nothing is written in it, by whom and why. */
  observed_at: Date | null;
  observed_by: string | null;
  observed_reason: string | null;
  /** Tenants that have a stack, but no row here. */
  unknown_stacks: Generated<string[]>;
  /** Since when there are some. */
  unknown_stacks_at: Date | null;
}
export type EnvironmentRow = Selectable<EnvironmentTable>;

interface PolicyTable {
  environment: string;
  version: number;
  /** Whole; what a newer version of Teal adds is as its defaults say. */
  policy: Json<Policy>;
  created_at: Now;
  created_by: string;
  reason: string;
}
export type PolicyRow = Selectable<PolicyTable>;

interface FreezeTable {
  id: Generated<string>;
  environment: string;
  starts_at: Date;
  ends_at: Date;
  reason: string;
  created_at: Now;
  created_by: string;
  lifted_at: Date | null;
  lifted_by: string | null;
  lifted_reason: string | null;
}
export type FreezeRow = Selectable<FreezeTable>;

interface WebhookTable {
  environment: string;
  url: string;
  /** Sealed: see automation/secrets.ts. */
  secret: Buffer;
  remind_minutes: number;
  changed_at: ColumnType<Date, Date | undefined, Date>;
  changed_by: string;
  changed_reason: string | null;
}
export type WebhookRow = Selectable<WebhookTable>;

/** Something still to be told, or to be told again. */
interface NoticeTable {
  id: Generated<string>;
  environment: string;
  tenant: string | null;
  /** What it is about: an operation, a drill, or a tenant that has had none for too long. Null: certificates. */
  operation: string | null;
  type: NoticeType;
  about: string;
  /** Of a drill for those of types `drill.…`, of certificates for `certificates.…`. */
  content: Json<NoticedOperation | NoticedDrill | CertificateConcern>;
  happened_at: Now;
  /** Since when it is to be delivered: what takes a day is given up. */
  since: Generated<Date>;
  due_at: Generated<Date>;
  attempts: Generated<number>;
  /** Until when the worker that delivers it has it to itself. */
  lease_until: Date | null;
}
export type NoticeRow = Selectable<NoticeTable>;

interface ReleaseTable {
  seq: Generated<number>;
  environment: string;
  version: string;
  /** Without its provenance, which is no part of what runs. */
  spec: Json<NewRelease>;
  provenance: ColumnType<Provenance | null, string | null, never>;
  created_at: Now;
  created_by: string;
  withdrawn_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_reason: string | null;
  promoted_from: string | null;
  promoted_at: Date | null;
  promoted_by: string | null;
  promoted_reason: string | null;
}
export type ReleaseRow = Selectable<ReleaseTable>;

/** What was last seen of a color's pods. */
export interface Readiness {
  ready: boolean;
  replicas: number;
  readyReplicas: number;
  /** ISO 8601. */
  at: string;
}
export type ReadinessByColor = Partial<Record<Color, Readiness>>;

/** Why somebody should look at a tenant: it was found other than Teal left it. */
export interface Attention {
  code: string;
  message: string;
  /** ISO 8601. */
  at: string;
}

interface TenantTable {
  uid: Generated<string>;
  environment: string;
  id: string;
  /** Revision of its settings that is applied. */
  revision: number;
  /** What its stack was last brought to; null: nothing yet. */
  layout: ColumnType<Layout | null, string | null, string | null>;
  readiness: ColumnType<ReadinessByColor, string | undefined, string>;
  created_at: Now;
  created_by: string;
  offboarded_at: Date | null;
  /** What was found changed by others and is kept so for now. */
  kept: ColumnType<Kept | null, string | null | undefined, string | null>;
  /** Why somebody should look at it. */
  attention: ColumnType<Attention | null, string | null | undefined, string | null>;
  /** What it has on AWS that was there before it; null: nothing. */
  adopted_data: ColumnType<AdoptedData | null, string | null | undefined, never>;
  /** As its data stack was brought to last; null: none of its own, or not known. */
  clusters: ColumnType<Clusters | null, string | null | undefined, string | null>;
}
export type TenantRow = Selectable<TenantTable>;

interface TakenRouteTable {
  tenant_uid: string;
  namespace: string;
  name: string;
  /** Those that were taken from it. */
  hostnames: string[];
  /** As it was before, without what the API server writes. */
  manifest: Json<Record<string, unknown>>;
  taken_at: Now;
}

interface HostnameTable {
  hostname: string;
  tenant_uid: string;
}

interface RevisionTable {
  tenant_uid: string;
  revision: number;
  settings: Json<Omit<TenantSettings, "secrets">>;
  secret_names: string[];
  /** Sealed: see automation/secrets.ts. */
  secrets: Buffer;
  created_at: Now;
  created_by: string;
}
export type RevisionRow = Selectable<RevisionTable>;

interface OperationTable {
  seq: Generated<number>;
  id: Generated<string>;
  tenant_uid: string;
  environment: string;
  tenant: string;
  kind: OperationKind;
  state: OperationState;
  phase: Phase;
  actor: string;
  reason: string | null;
  outcome: ColumnType<Outcome | null, string | null, string | null>;
  move: ColumnType<Move | null, string | null, never>;
  memory: Json<Memory>;
  request: ColumnType<Request | null, string | null, string | null>;
  created_at: Now;
  started_at: Date | null;
  ended_at: Date | null;
  fence: Generated<number>;
  worker: string | null;
  lease_until: Date | null;
  /** When it wants to be looked at again; the sweeper sees to it. */
  wake_at: Date | null;
  /** Who has taken note that it ended badly. */
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  acknowledged_reason: string | null;
}
export type OperationRow = Selectable<OperationTable>;

interface BackupTable {
  seq: Generated<number>;
  /** Of the operation that took it. */
  id: string;
  tenant_uid: string;
  taken_at: Date;
  provider: string;
  location: string;
  bytes: number;
  files: number;
  checksum: string;
  last_write_at: Date | null;
  schema_version: string | null;
  release: string;
  image: string;
  layout: Json<Layout>;
  stack_version: number | null;
  stack_updated_at: Date | null;
  pruned_at: Date | null;
}
export type BackupRow = Selectable<BackupTable>;

/** What Alertmanager told, by alert and time that it fired. */
interface AlertTable {
  seq: Generated<number>;
  id: Generated<string>;
  fingerprint: string;
  starts_at: Date;
  name: string;
  severity: Severity;
  /** Null: it is about the platform, or Teal itself. */
  environment: string | null;
  tenant: string | null;
  color: Color | null;
  summary: string;
  description: string | null;
  runbook: string | null;
  generator: string | null;
  labels: Json<Record<string, string>>;
  told_at: ColumnType<Date, Date | undefined, Date>;
  /** When it counts as over unless it is told again. */
  expires_at: Date;
  ended_at: Date | null;
  /** It ended because nobody spoke of it any more. */
  lapsed: Generated<boolean>;
}
export type AlertRow = Selectable<AlertTable>;

interface DrillTable {
  seq: Generated<number>;
  id: Generated<string>;
  tenant_uid: string;
  backup: string;
  actor: string;
  reason: string;
  state: Generated<DrillState>;
  asked_at: Now;
  began_at: Date | null;
  ended_at: Date | null;
  /** Counts who has taken it: writes of whoever had it before are refused. */
  fence: Generated<number>;
  lease_until: Date | null;
  restored_to: Date | null;
  newest_write_at: Date | null;
  rpo_seconds: number | null;
  rto_seconds: number | null;
  bytes: number | null;
  files: number | null;
  code: string | null;
  message: string | null;
}
export type DrillRow = Selectable<DrillTable>;

interface DeploymentFeedTable {
  /** The table that it goes to. */
  name: string;
  /** Of the newest event that has been looked at. */
  cursor: number;
  created_at: Now;
}

/** A tenant that has changed since it was last written to a feed's table. */
interface DeploymentChangeTable {
  feed: string;
  environment: string;
  tenant: string;
  /** Of the newest event that changed it. */
  seq: number;
  since: ColumnType<Date, Date | undefined, Date>;
  due_at: Generated<Date>;
  attempts: Generated<number>;
  /** Until when the worker that writes it has it to itself. */
  lease_until: Date | null;
}
export type DeploymentChangeRow = Selectable<DeploymentChangeTable>;

/** What became of a tenant that left. */
interface OffboardingTable {
  seq: Generated<number>;
  /** The offboarding's id. */
  operation: string;
  tenant_uid: string;
  environment: string;
  tenant: string;
  name: string;
  exported: ColumnType<TenantExport | null, string | null, string | null>;
  /** Somebody had it removed without an export: what was lost by that. */
  lost: string | null;
  objects: ColumnType<DeletedObject[], string | undefined, string>;
  /** There were more objects than are listed. */
  more: Generated<boolean>;
  checked: ColumnType<string[], string | undefined, string>;
  others: ColumnType<KeptThing[], string | undefined, string>;
  /** Null: it was exported, and may still come back. */
  removed_at: Date | null;
  /** Until then nothing prunes what is kept. */
  keep_until: Date | null;
  /** Who had it kept longer. */
  held_at: Date | null;
  held_by: string | null;
  held_reason: string | null;
  /** From then on it can't be held any longer: pruning has begun. */
  pruning_at: Date | null;
  pruned_at: Date | null;
}
export type OffboardingRow = Selectable<OffboardingTable>;

interface EventTable {
  id: Generated<number>;
  operation: string | null;
  /** Null: it is about the platform, or Teal itself. */
  environment: string | null;
  tenant: string | null;
  at: Now;
  type: string;
  phase: Phase | null;
  message: string;
  data: Json<Record<string, unknown>>;
}
export type EventRow = Selectable<EventTable>;

interface IdempotencyTable {
  key: string;
  route: string;
  body_hash: string;
  response: ColumnType<{ value: unknown } | null, string | null, string>;
  created_at: Now;
}

/** Processes that drive operations, as far as they have reported. */
interface WorkerTable {
  name: string;
  version: string;
  started_at: Now;
  seen_at: ColumnType<Date, Date | undefined, Date>;
}
export type WorkerRow = Selectable<WorkerTable>;

/** What Pulumi printed in a stack operation. */
interface OutputTable {
  seq: Generated<number>;
  operation: string;
  phase: Phase;
  task: OutputRun["task"];
  failed: boolean;
  started_at: Date;
  ended_at: Date;
  text: string;
  truncated: boolean;
}
export type OutputRow = Selectable<OutputTable>;

interface CertificateTable {
  sequence: Generated<number>;
  environment: string;
  names: string[];
  provider: string;
  /** What the provider calls it; null: it may not know of it yet, or has refused it. */
  reference: string | null;
  state: Generated<"requested" | "issued" | "failed">;
  requested_at: Date;
  failed_at: Date | null;
  /** Why it failed. */
  failure: string | null;
  expires_at: Date | null;
  listener: number | null;
  attached_at: Date | null;
  validations: ColumnType<ValidationOfName[], string | undefined, string>;
  /** When the provider was last asked. */
  looked_at: Date | null;
}
export type CertificateRow = Selectable<CertificateTable>;

/** Where it is not as is usual: names of ours share certificates, custom domains do once they have shown their record. */
interface CertificateNameTable {
  environment: string;
  hostname: string;
  apart: boolean;
}

interface CertificateConcernTable {
  environment: string;
  /** Empty: of the environment. */
  tenant: string;
  code: CertificateConcern["code"];
  message: string;
  hostnames: string[];
  since: ColumnType<Date, Date | undefined, Date>;
}
export type CertificateConcernRow = Selectable<CertificateConcernTable>;

/** Why the provider can't be worked with. */
interface CertificateProblemTable {
  environment: string;
  message: string;
  since: Date;
}
