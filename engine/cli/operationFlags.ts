/**
 * The options of operations that this engine acts on, by what they do. Any other option of Pulumi's is refused by its
 * name: plans, policy packs, debuggers, imports, traces, remote runs.
 */
import type { OperationKind } from "../deploy/operation.ts";
import type { Command } from "./command.ts";
import type { Flags } from "./arguments.ts";

const everywhere: Flags = {
  message: "value",
  parallel: "value",
  client: "value",
  "event-log": "value",
  "exec-kind": "value",
  "exec-agent": "value",
  debug: "flag",
  diff: "flag",
  target: "list",
  exclude: "list",
  "target-dependents": "flag",
  "exclude-dependents": "flag",
  "run-program": "flag",
  "skip-config-validation": "flag",
  "show-config": "flag",
  "show-sames": "flag",
  "show-full-output": "flag",
  "show-replacement-steps": "flag",
  urns: "flag",
  "suppress-outputs": "flag",
  "suppress-progress": "flag",
  "suppress-permalink": "flag",
};
const changing: Flags = { "skip-preview": "flag" };
const planning: Flags = {
  refresh: "flag",
  replace: "list",
  "target-replace": "list",
  "expect-no-changes": "flag",
  "show-reads": "flag",
  "show-secrets": "flag",
  "skip-plugin-pre-install": "flag",
};

const own: Readonly<Record<OperationKind, Flags>> = {
  update: { ...changing, ...planning, "continue-on-error": "flag" },
  preview: planning,
  refresh: {
    ...changing,
    "preview-only": "flag",
    "expect-no-changes": "flag",
    "clear-pending-creates": "flag",
    "skip-pending-creates": "flag",
  },
  destroy: {
    ...changing,
    "preview-only": "flag",
    refresh: "flag",
    "continue-on-error": "flag",
    "exclude-protected": "flag",
  },
};

export function operationFlags(kind: OperationKind): Pick<Command, "flags" | "short"> {
  return { flags: { ...everywhere, ...own[kind] }, short: { d: "debug", f: "skip-preview" } };
}
