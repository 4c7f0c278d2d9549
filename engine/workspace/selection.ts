/** Which stack a project's directory has selected: noted in Pulumi's home, not in the project. */
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { fullName, type StackId } from "../state/urn.ts";
import { readIfThere, removeIfThere, writeAtomically } from "../state/files.ts";
import type { Workspace } from "./project.ts";

/** By URL of the backend; `stack` is what CLIs before 2026 wrote. */
interface Selection {
  readonly stack?: string;
  readonly stacks?: Readonly<Record<string, string>>;
}

/** The full name of the selected stack, if there is one. `PULUMI_STACK` wins. */
export async function selectedStack(workspace: Workspace): Promise<string | undefined> {
  const forced = workspace.env["PULUMI_STACK"];
  if (forced) return forced;
  const { stack, stacks } = await readSelection(workspace);
  return stacks?.[workspace.backend.url] ?? stack;
}

export async function selectStack(workspace: Workspace, id: StackId | undefined): Promise<void> {
  const path = selectionPath(workspace);
  if (path === undefined) return;
  const { [workspace.backend.url]: before, ...others } = (await readSelection(workspace)).stacks ?? {};
  const name = id && fullName(id);
  if (name !== undefined && name === before) return;
  const stacks = { ...others, ...(name !== undefined && { [workspace.backend.url]: name }) };
  if (Object.keys(stacks).length === 0) await removeIfThere(path);
  else await writeAtomically(path, JSON.stringify({ stacks }, null, 4));
}

async function readSelection(workspace: Workspace): Promise<Selection> {
  const path = selectionPath(workspace);
  const text = path === undefined ? undefined : await readIfThere(path);
  return text === undefined ? {} : (JSON.parse(text) as Selection);
}

/** Undefined outside of a project. */
function selectionPath({ env, project, projectFile }: Workspace): string | undefined {
  if (projectFile === undefined) return undefined;
  const home = env["PULUMI_HOME"] || join(homedir(), ".pulumi");
  const hash = createHash("sha1").update(projectFile).digest("hex");
  return join(home, "workspaces", `${project}-${hash}-workspace.json`);
}
