import type { Layout } from "../../model/layout.ts";
import type { Weights } from "../../model/weights.ts";
import type { TenantSpec } from "../../tenant/spec.ts";
import type { Policy } from "../../model/policy.ts";
import type { PreviewView } from "../../model/views.ts";
import type { DataThere } from "../adopting/dataThere.ts";
import type { LogsWanted } from "../automation.ts";
import type { BackupProvider } from "../backups/provider.ts";
import type { CertificateSetup } from "../certificates/provider.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { FoundLogs } from "../probes/logs.ts";
import type { TrafficSeries } from "../probes/series.ts";
import type { Outside } from "../probes/outside.ts";
import type { FoundPods } from "../probes/pods.ts";
import type { Queue } from "../queue/queue.ts";
import type { RenderedTenant } from "../render.ts";
import type { StackContents } from "../stacks/contents.ts";
import type { StackDrift } from "../stacks/drift.ts";
import type { LastData } from "../stacks/tasks.ts";
import type { Posting } from "../telling/post.ts";
import type { Room } from "./tenants/room.ts";

export interface Health {
  name: string;
  ok: boolean;
  problem?: string;
}

/** All that commands need from outside. */
export interface Deps {
  ledger: Ledger;
  queue: Pick<Queue, "ping">;
  /** Names of the declared environments. */
  environments: readonly string[];
  target: "sandbox" | "kubernetes" | "aws";
  /** Teal gives tenants host names below `<environment>.<domain>`. */
  domain: string;
  urlOf(environment: string, tenant: string): string;
  /** Of environments that have no policy yet. */
  policy: Policy;
  /** What bringing the tenant's stack to `layout` would change; `withData`: and what holds its data first. */
  preview(tenant: RenderedTenant, layout: Layout, options: { withData: boolean }): Promise<PreviewView>;
  /** New tenants have a stack for what is theirs on AWS. */
  holdsData: boolean;
  /** What there is, whatever the ledger says. */
  found: {
    /** How cluster and stack differ from `layout`. */
    drift(tenant: RenderedTenant, layout: Layout): Promise<StackDrift>;
    /** What the stack was last given, by whomever. */
    last(environment: string, tenant: string): Promise<TenantSpec | "unreadable" | null>;
    /** What its data stack was last given, by whomever; null where there was none. Throws `data_stack_unreadable`. */
    data(environment: string, tenant: string): Promise<LastData | null>;
    /** What is in a namespace; null where there is none. Throws `cluster_unreachable`. */
    outside(namespace: string): Promise<Outside | null>;
    /** How the live route splits traffic; null where there is none. */
    split(environment: string, tenant: string): Promise<Weights | null>;
  };
  /** The gateway keeps users where they are, where a policy asks for it. */
  affinity: boolean;
  /** What the load balancer has for tenants; null: there is no end to it, as a Gateway splits. */
  room: Room | null;
  /** Null: nothing is set up to back tenants' data up. */
  backups: BackupProvider | null;
  /** What there is on AWS that tenants could adopt; null: they have nothing there. */
  dataThere: DataThere | null;
  /** Null: nothing is set up to issue certificates. */
  certificates: CertificateSetup | null;
  /** What a tenant is like inside, read as it is now. */
  inside: {
    pods(namespace: string): Promise<FoundPods>;
    /** Masked by the caller. */
    logs(namespace: string, wanted: LogsWanted): Promise<FoundLogs>;
    /** Requests of a namespace in the last so many minutes. Says what went wrong instead of throwing. */
    traffic(namespace: string, minutes: number): Promise<TrafficSeries>;
    /** Null where there is no stack. */
    stack(environment: string, tenant: string): Promise<StackContents | null>;
  };
  /** Told of operations that a command ends itself. */
  metrics?: Pick<Metrics, "ended">;
  /** How webhooks are called. */
  posting: Omit<Posting, "signal">;
  /** Where people and programs reach this Teal. */
  publicUrl(): string;
  /** Of what the ledger doesn't know: the cluster. */
  health(): Promise<Health[]>;
  /** Alertmanager is to tell Teal: that it does not is worth telling. */
  listensToAlertmanager: boolean;
  /** What Teal says of itself. */
  about: {
    version: string;
    engine: "embedded" | "cli";
    /** Where Pulumi keeps state. */
    backendUrl: string;
    /** Where the state of deployments is written to; undefined: nowhere. */
    deploymentTable: string | undefined;
    /** Why the gateway does not answer; undefined where it does. */
    gateway(): Promise<string | undefined>;
  };
}
