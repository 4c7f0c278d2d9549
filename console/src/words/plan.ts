import type { PlannedStep } from "../api/types.ts";
import { counted } from "./figures.ts";

const splits = "who gets how much of the traffic";
/** What an object of a kind is for, to somebody who is no developer. */
const purposes: Record<string, string> = {
  Deployment: "the application's processes",
  HTTPRoute: splits,
  Ingress: splits,
  Service: "an address within the cluster",
  ConfigMap: "settings",
  Secret: "secret settings",
  Namespace: "the room that all of the tenant's is in",
  ResourceQuota: "how much it may use at most",
  LimitRange: "how much each process may use",
  NetworkPolicy: "who may talk to whom",
  ServiceAccount: "the identity that it runs under",
  Role: "rights within the cluster",
  RoleBinding: "rights within the cluster",
  PodDisruptionBudget: "how many may be away at once",
  RandomPassword: "a generated password",
};

export interface PlanGroup {
  op: PlannedStep["op"];
  /** `make`, `change`, … */
  verb: string;
  steps: { kind: string; name: string; purpose: string; diffs: string[] }[];
}

const verbs: Record<PlannedStep["op"], string> = {
  delete: "Remove",
  replace: "Replace",
  update: "Change",
  create: "Make",
};

/** A plan by what is done to things, what takes away first. Pulumi's own groupings are left out: they are no objects. */
export function groupsOf(steps: readonly PlannedStep[]): PlanGroup[] {
  const real = steps.filter(({ type }) => !type.startsWith("teal:") && !type.startsWith("pulumi:"));
  return (["delete", "replace", "update", "create"] as const)
    .map((op) => ({
      op,
      verb: verbs[op],
      steps: real
        .filter((step) => step.op === op)
        .map(({ type, name, diffs }) => {
          const kind = kindOf(type);
          return { kind, name, diffs, purpose: purposes[kind] ?? "" };
        }),
    }))
    .filter((group) => group.steps.length > 0);
}

/** `kubernetes:apps/v1:Deployment` → `Deployment`. */
export function kindOf(type: string): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** The plan in a sentence. */
export function planInShort(steps: readonly PlannedStep[]): string {
  const groups = groupsOf(steps);
  if (groups.length === 0) return "Nothing would change.";
  const only = groups.length === 1 && groups[0]!.op === "update" ? groups[0]!.steps : [];
  if (only.length === 1 && only[0]!.purpose === splits) return "Moves traffic, and changes nothing else.";
  const past: Record<PlannedStep["op"], string> = {
    delete: "removed",
    replace: "replaced",
    update: "changed",
    create: "made",
  };
  const parts = groups.map(({ op, steps: all }) => `${counted(all.length, "object")} ${past[op]}`);
  const nothingGoes = groups.some(({ op }) => op === "delete" || op === "replace") ? "" : ", nothing removed";
  return `${parts.reverse().join(", ")}${nothingGoes}.`;
}
