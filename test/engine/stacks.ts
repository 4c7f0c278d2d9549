/** Opens stacks on the embedded engine for tests. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { LocalWorkspace, type EngineEvent, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { createPulumiCommand } from "../../engine/command.ts";
import type { Packages } from "../../engine/providers/packages.ts";

export interface OpenOptions {
  readonly home: string;
  readonly program: PulumiFn;
  readonly stack?: string;
  readonly project?: string;
  readonly env?: Record<string, string>;
  /** Providers other than the engine's own. */
  readonly packages?: Packages;
}

export async function open({
  home,
  program,
  stack = "dev",
  project = "app",
  env = {},
  packages,
}: OpenOptions): Promise<Stack> {
  const workDir = join(home, `work-${project}-${stack}`);
  await mkdir(join(home, "state"), { recursive: true });
  await mkdir(workDir, { recursive: true });
  return LocalWorkspace.createOrSelectStack(
    { stackName: stack, projectName: project, program },
    {
      pulumiCommand: await createPulumiCommand(packages && { packages }),
      workDir,
      projectSettings: { name: project, runtime: "nodejs", backend: { url: `file://${join(home, "state")}` } },
      envVars: { PULUMI_CONFIG_PASSPHRASE: "test", PULUMI_HOME: join(home, "pulumi"), ...env },
    },
  );
}

/** The engine's command as the Automation API calls it. */
export interface Runner {
  run(args: string[], cwd: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }>;
}

/** What happened to which resource: `op name`, sorted. */
export function operations(events: readonly EngineEvent[]): string[] {
  return events
    .flatMap(({ resourcePreEvent }) => (resourcePreEvent ? [resourcePreEvent.metadata] : []))
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`)
    .sort();
}

export function errors(events: readonly EngineEvent[]): { urn: string | undefined; message: string }[] {
  return events.flatMap(({ diagnosticEvent: event }) =>
    event?.severity === "error" ? [{ urn: event.urn, message: event.message }] : [],
  );
}
