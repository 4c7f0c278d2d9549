import { homedir } from "node:os";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { TealError } from "../../model/errors.ts";

/**
 * What runs stack operations: the module's `createPulumiCommand()`, or without one the Pulumi CLI on PATH or in ~/.pulumi,
 * or one that is installed there. Throws TealError `pulumi_cli_missing`.
 */
export async function pulumiCommand(module?: string): Promise<PulumiCommand> {
  if (module !== undefined) {
    const loaded = (await import(module)) as { createPulumiCommand?: () => PulumiCommand | Promise<PulumiCommand> };
    if (typeof loaded.createPulumiCommand === "function") return loaded.createPulumiCommand();
    throw new TealError("pulumi_command_invalid", `Expected ${module} to export createPulumiCommand().`);
  }
  const failures: string[] = [];
  for (const find of [onPath, inHome, installed]) {
    try {
      return await find();
    } catch (error) {
      failures.push(error instanceof Error ? error.message.split("\n")[0]! : String(error));
    }
  }
  throw new TealError(
    "pulumi_cli_missing",
    "The Pulumi CLI was not found on PATH or in ~/.pulumi and could not be installed. Install it (https://www.pulumi.com/docs/install/) or set TEAL_ENGINE=embedded.",
    { data: { failures } },
  );
}

const onPath = () => PulumiCommand.get();

function inHome(): Promise<PulumiCommand> {
  const root = join(homedir(), ".pulumi");
  if (!existsSync(join(root, "bin", "pulumi"))) throw new Error("~/.pulumi/bin/pulumi is not there.");
  return PulumiCommand.get({ root });
}

const installed = () => PulumiCommand.install();
