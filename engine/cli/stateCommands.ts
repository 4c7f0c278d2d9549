/** `pulumi state delete|protect|unprotect`: what an operator mends a state with, without touching what it stands for. */
import { TealError } from "../../model/errors.ts";
import { writeStack } from "../state/backend.ts";
import { loadDeployment, storeDeployment, type Deployment } from "../state/deployment.ts";
import { verifyIntegrity } from "../state/integrity.ts";
import { lockStack } from "../state/lock.ts";
import type { ResourceState } from "../state/resource.ts";
import type { Command, Invocation } from "./command.ts";
import { openStackWithSecrets, stackOf } from "./stackContext.ts";

type Edit = (resources: readonly ResourceState[]) => readonly ResourceState[];

async function edit({ workspace, args }: Invocation, change: Edit): Promise<void> {
  const id = await stackOf(workspace, args);
  await using _lock = await lockStack(workspace.backend, id);
  const { stored, crypter, secrets } = await openStackWithSecrets(workspace, id, args);
  const before = loadDeployment(stored, crypter);
  const after: Deployment = { ...before, resources: change(before.resources) };
  verifyIntegrity(after.resources);
  const form = { form: "encrypted", crypter: secrets.crypter } as const;
  await writeStack(workspace.backend, id, storeDeployment(after, secrets.salt, form));
}

function found(resources: readonly ResourceState[], urn: string): ResourceState {
  const state = resources.find((each) => each.urn === urn);
  if (!state) throw new TealError("resource_missing", `No such resource "${urn}" exists in the current state`);
  return state;
}

function needs(state: ResourceState, { urn, id }: ResourceState): boolean {
  return (
    [state.parent, state.deletedWith, ...state.dependencies, ...Object.values(state.propertyDependencies).flat()].some(
      (needed) => needed === urn,
    ) || state.provider === `${urn}::${id}`
  );
}

function without(urn: string, options: { force: boolean; dependents: boolean }): Edit {
  return (resources) => {
    const state = found(resources, urn);
    const gone = new Set([state]);
    for (const other of resources) if ([...gone].some((each) => needs(other, each))) gone.add(other);
    const dependents = [...gone].slice(1).map((each) => ` * ${each.urn}`);
    if (dependents.length > 0 && !options.dependents)
      throw new TealError(
        "resource_needed",
        `This resource can't be safely deleted because the following resources depend on it:\n${dependents.join("\n")}\n\nDelete those resources first or pass --target-dependents.`,
      );
    if (!options.force && [...gone].some((each) => each.protect))
      throw new TealError(
        "resource_protected",
        "This resource can't be safely deleted because it is protected. Re-run this command with --force to force deletion",
      );
    return resources.filter((each) => !gone.has(each));
  };
}

const remove: Command = {
  flags: { force: "flag", "target-dependents": "flag" },
  short: { f: "force" },
  async run(invocation) {
    const { args } = invocation;
    const [urn] = args.positional;
    if (!urn) throw new TealError("urn_missing", "expected the URN of the resource to delete from the state");
    await edit(invocation, without(urn, { force: args.has("force"), dependents: args.has("target-dependents") }));
    return "Resource deleted\n";
  },
};

function protection(protect: boolean): Command {
  return {
    flags: { all: "flag" },
    async run(invocation) {
      const { args } = invocation;
      if (!args.has("all") && args.positional.length === 0)
        throw new TealError("urn_missing", "expected URNs of resources, or --all");
      await edit(invocation, (resources) => {
        for (const urn of args.positional) found(resources, urn);
        return resources.map((state) =>
          args.has("all") || args.positional.includes(state.urn) ? { ...state, protect } : state,
        );
      });
      return `${args.has("all") ? "All resources" : "Resources"} ${protect ? "protected" : "unprotected"}\n`;
    },
  };
}

export const stateCommands: Readonly<Record<string, Command>> = {
  "state delete": remove,
  "state protect": protection(true),
  "state unprotect": protection(false),
};
