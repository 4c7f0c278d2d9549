import { TealError } from "../../../model/errors.ts";
import type { StackView } from "../../../model/console/stack.ts";
import { project } from "../../../tenant/config.ts";
import { stackNameOf } from "../../../tenant/plan/names.ts";
import { maskedValue, masking } from "../../stacks/mask.ts";
import type { StackContents } from "../../stacks/contents.ts";
import type { Deps } from "../deps.ts";
import { tenantInside } from "./tenant.ts";

/** A tenant's stack as Pulumi has it. Throws `tenant_not_found`, `stack_not_found`, `stack_unreadable`. */
export async function stackCommand(deps: Deps, environment: string, id: string): Promise<StackView> {
  const { secrets } = await tenantInside(deps, environment, id);
  const mask = masking(secrets);
  const contents = await deps.inside.stack(environment, id).catch((error: unknown) => unreadable(error, mask));
  if (!contents) throw notFound(environment, id);
  const name = `organization/${project}/${stackNameOf({ environment, id })}`;
  const backend = withoutCredentials(deps.about.backendUrl);
  const command = `PULUMI_BACKEND_URL=${quoted(backend)} pulumi stack --stack ${name}`;
  return { environment, tenant: id, name, backend, command, ...masked(contents, mask) };
}

function masked(contents: StackContents, mask: (text: string) => string): StackContents {
  return {
    ...contents,
    resources: contents.resources.map((one) => ({ ...one, ...(one.errors && { errors: one.errors.map(mask) }) })),
    outputs: contents.outputs.map((one) => ({ ...one, value: maskedValue(one.value, mask) })),
    updates: contents.updates.map((one) => ({ ...one, message: mask(one.message) })),
  };
}

/** Backends in a database have a password in their URL. */
function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return url;
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  return shown.href;
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function notFound(environment: string, id: string): TealError {
  const message = `Tenant ${id} has no stack: it is not provisioned yet, or somebody has removed the stack.`;
  return new TealError("stack_not_found", message, { data: { environment, tenant: id } });
}

function unreadable(cause: unknown, mask: (text: string) => string): never {
  const message = `The stack can't be read: ${mask(cause instanceof Error ? cause.message : String(cause))}`;
  throw new TealError("stack_unreadable", message, { cause });
}
