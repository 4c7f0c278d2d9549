import type { Policy, Window } from "../../api/types.ts";

/** Whole numbers of a policy, with what they are called and what they mean. */
export const trafficNumbers = [
  ["bakeSeconds", "Watch each step", "Seconds that each step is watched before the next."],
  ["holdSeconds", "Hold the old slot", "Seconds that going back is one flip."],
  ["idleReplicas", "Pods of the backup", "Web pods of the idle slot once it is settled. 0: a cold backup."],
  ["minRequests", "Requests to judge by", "Below so many, a step's figures say nothing."],
  ["checkRepeats", "Repeat each check", "How often each must pass in a row."],
  ["approvalSeconds", "Wait for an approval", "Seconds until no answer counts as a refusal."],
  ["readySeconds", "Time to become ready", "Seconds until all new pods must be ready and answer."],
  ["deploySeconds", "Time to deploy", "Seconds until the new slot must be applied."],
  ["shiftSeconds", "Time to shift", "Seconds until the gateway must follow a step."],
  ["promoteSeconds", "Time to promote", "Seconds until background components must have changed over."],
  ["settleSeconds", "Time to settle", "Seconds until the old slot must be settled."],
  ["rollBackSeconds", "Time to roll back", "Seconds that going back is tried before it halts."],
] as const;

/** Those about a tenant's data, and about being shut for a change of it. */
export const dataNumbers = [
  ["keepBackups", "Backups to keep", "So many of a tenant, newest first."],
  [
    "maxOutageSeconds",
    "Longest outage",
    "Seconds that a service may be shut for a change; longer is told as too long.",
  ],
  ["backupSeconds", "Time to back up", "Seconds until a backup must be taken and checked."],
  ["migrateSeconds", "Time to migrate", "Seconds until a release’s migration must have ended."],
  ["restoreSeconds", "Time to restore", "Seconds until a backup’s data must be back."],
  [
    "drillDays",
    "Days between drills",
    "So often each tenant’s newest backup is restored for a try. 0: only when asked for.",
  ],
  ["graceSeconds", "Grace of a removal", "Seconds that a tenant to be removed stays suspended and can come back."],
  ["retainDays", "Keep what is left", "Days that export and backups of a removed tenant are kept."],
] as const;
const numberFields = [...trafficNumbers, ...dataNumbers];
export type NumberField = (typeof numberFields)[number][0];

export interface PolicyDraft {
  numbers: Record<NumberField, string>;
  /** Percent, separated by commas. */
  steps: string;
  /** Percent. */
  maxErrorRate: string;
  strategy: Policy["strategy"];
  affinity: Policy["affinity"];
  backup: Policy["backup"];
  settling: Policy["settling"];
  inconclusive: Policy["inconclusive"];
  gates: Policy["gates"];
  windows: Window[];
  /** JSON. */
  analysis: string;
  /** JSON. */
  checks: string;
  promoteFrom: string;
  /** What the form has no field for: it stays as it is. */
  others: Record<string, unknown>;
}

export function draftOf(policy: Policy): PolicyDraft {
  const { steps, maxErrorRate, strategy, affinity, backup, settling, inconclusive, gates, windows, ...rest } = policy;
  const { analysis, checks, promoteFrom, ...others } = rest;
  const names: readonly string[] = numberFields.map(([name]) => name);
  return {
    others: Object.fromEntries(Object.entries(others).filter(([name]) => !names.includes(name))),
    numbers: Object.fromEntries(numberFields.map(([name]) => [name, String(policy[name])])) as PolicyDraft["numbers"],
    steps: steps.join(", "),
    maxErrorRate: String(Number((maxErrorRate * 100).toPrecision(10))),
    strategy,
    affinity,
    backup,
    settling,
    inconclusive,
    gates,
    windows,
    analysis: analysis.length === 0 ? "" : JSON.stringify(analysis, null, 2),
    checks: checks.length === 0 ? "" : JSON.stringify(checks, null, 2),
    promoteFrom: promoteFrom ?? "",
  };
}

/** The policy that the draft says, as the API takes it. What can't be read stays as it is, for the schema to find fault with. */
export function policyOf(draft: PolicyDraft): Record<string, unknown> {
  const { numbers, steps, maxErrorRate, analysis, checks, promoteFrom, others, ...rest } = draft;
  return {
    ...others,
    ...Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, numberOr(text)])),
    ...rest,
    steps: steps
      .split(/[\s,%]+/)
      .filter(Boolean)
      .map(numberOr),
    maxErrorRate: typeof numberOr(maxErrorRate) === "number" ? Number(maxErrorRate) / 100 : maxErrorRate,
    analysis: listOr(analysis),
    checks: listOr(checks),
    promoteFrom: promoteFrom === "" ? null : promoteFrom,
  };
}

function numberOr(text: string): number | string {
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

function listOr(text: string): unknown {
  if (text.trim() === "") return [];
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
