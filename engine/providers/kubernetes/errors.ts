/** How failures of the API server are told. */
import type { PropertyMap } from "../../values/property.ts";
import { InitError } from "../provider.ts";
import { ApiError } from "./client.ts";

export const isNotFound = (error: unknown) => error instanceof ApiError && error.code === 404;
export const isForbidden = (error: unknown) => error instanceof ApiError && error.code === 403;
export const isAlreadyExists = (error: unknown) => error instanceof ApiError && error.reason === "AlreadyExists";
/** An object of the name is there, and on its way out. */
export const isBeingDeleted = (error: unknown) =>
  isAlreadyExists(error) && /^object is being deleted/.test(messageOf(error));
export const isConflict = (error: unknown) => error instanceof ApiError && error.reason === "Conflict";
/** The change takes a new object. */
export const isImmutable = (error: unknown) =>
  error instanceof ApiError && error.reason === "Invalid" && messageOf(error).includes("field is immutable");
/** The kind has a webhook that can't tell what it would do. */
export const refusesDryRun = (error: unknown) =>
  error instanceof ApiError && error.code === 400 && messageOf(error).includes("does not support dry run");

export function isNamespaceNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404 && error.details["kind"] === "namespaces";
}

/** The server knows no such path: not one object is missing, but the kind. */
export function isKindNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404 && error.details["name"] === undefined;
}

/** The server has no such kind: its definition may be still to come. */
export class NoSuchKind extends Error {
  constructor(apiVersion: string, kind: string) {
    super(`no matches for kind ${JSON.stringify(kind)} in version ${JSON.stringify(apiVersion)}`);
    this.name = "NoSuchKind";
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const existsHelp = `

The resource already exists in the cluster. This can happen when:

  - Renaming a Pulumi resource: use an alias to preserve the identity,
    or use deleteBeforeReplace if the resource needs replacement.
  - Managing an existing resource: use a Patch resource (e.g. NamespacePatch)
    to manage specific fields without owning the resource lifecycle.
  - Adopting a resource into Pulumi: use \`pulumi import\`. Note that
    protected resources (e.g. kube-system) cannot be deleted on destroy.
  - Intentional upsert: set upsertExistingObjects on the provider to allow
    server-side apply to update existing objects on create.`;

const missingDefinition =
  "because the Kubernetes API server reported that the apiVersion for this resource does not exist. Verify that any required CRDs have been created";

export function creationFailed(urn: string, type: string, error: unknown): Error {
  if (error instanceof NoSuchKind)
    return new Error(
      `creation of resource ${JSON.stringify(urn)} with kind ${type.replace(/^kubernetes:/, "").replace(/:([^:]*)$/, "/$1")} failed ${missingDefinition}: ${error.message}`,
      { cause: error },
    );
  const help = isAlreadyExists(error) ? existsHelp : "";
  return new Error(
    `resource ${JSON.stringify(urn)} was not successfully created by the Kubernetes API server: ${messageOf(error)}${help}`,
    { cause: error },
  );
}

export function updateFailed(urn: string, error: unknown): Error {
  const why = error instanceof NoSuchKind ? `failed ${missingDefinition}` : "failed";
  return new Error(`update of resource ${JSON.stringify(urn)} ${why}: ${messageOf(error)}`, { cause: error });
}

/** Adds what a conflict between field managers means, and where it is explained. */
export function explainConflict(error: unknown, manager: string): unknown {
  if (!isConflict(error)) return error;
  return new Error(
    "server-side apply field conflict detected, see https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources for troubleshooting help\n" +
      `The resource managed by field manager ${JSON.stringify(manager)} had an apply conflict: ${messageOf(error)}`,
    { cause: error },
  );
}

/** The object is there, and not as it should be: `reasons`, the main one first, stay in state. */
export function unready(id: string, outputs: PropertyMap, reasons: readonly string[], inputs?: PropertyMap): InitError {
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  const list = reasons.map((reason) => `* ${reason}`).join("\n\t");
  return new InitError(`${count} occurred:\n\t${list}\n\n`, id, outputs, reasons, inputs);
}
