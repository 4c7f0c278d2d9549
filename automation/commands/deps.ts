import type { Layout } from "../../model/layout.ts";
import type { Policy } from "../../model/policy.ts";
import type { PreviewView } from "../../model/views.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Queue } from "../queue/queue.ts";
import type { RenderedTenant } from "../render.ts";

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
  policy: Policy;
  /** What bringing the tenant's stack to `layout` would change. */
  preview(tenant: RenderedTenant, layout: Layout): Promise<PreviewView>;
  /** Of what the ledger doesn't know: cluster, gateway. */
  health(): Promise<Health[]>;
}
