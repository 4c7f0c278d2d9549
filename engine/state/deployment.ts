/** A stack's deployment, version 3: what checkpoints, exports and imports hold. */
import { createHash } from "node:crypto";
import { TealError } from "../../model/errors.ts";
import type { Crypter } from "../secrets/crypter.ts";
import type { JsonObject } from "../values/property.ts";
import type { SecretForm } from "../values/stored.ts";
import { pulumiVersion } from "../version.ts";
import { loadResource, storeResource, type ResourceState } from "./resource.ts";
import { timestamp } from "./timestamp.ts";

export type OperationType = "creating" | "updating" | "deleting" | "reading" | "importing";

/** An operation that had begun and of which nobody knows yet how it ended. */
export interface PendingOperation {
  readonly resource: ResourceState;
  readonly type: OperationType;
}

export interface Deployment {
  readonly resources: readonly ResourceState[];
  readonly pendingOperations: readonly PendingOperation[];
}

/** A deployment as it lies in a file: nothing decrypted yet. */
export interface StoredDeployment {
  readonly manifest?: JsonObject;
  readonly secrets_providers?: { readonly type: string; readonly state?: JsonObject };
  readonly resources?: JsonObject[];
  readonly pending_operations?: { readonly resource: JsonObject; readonly type: OperationType }[];
  readonly metadata?: JsonObject;
}

export const emptyDeployment: Deployment = { resources: [], pendingOperations: [] };

export function loadDeployment(stored: StoredDeployment | undefined, crypter: Crypter): Deployment {
  return {
    resources: (stored?.resources ?? []).map((json) => loadResource(json, crypter)),
    pendingOperations: (stored?.pending_operations ?? []).map(({ resource, type }) => ({
      resource: loadResource(resource, crypter),
      type,
    })),
  };
}

export function storeDeployment(deployment: Deployment, salt: string, secrets: SecretForm): StoredDeployment {
  return {
    manifest: {
      time: timestamp(),
      magic: createHash("sha256").update(pulumiVersion).digest("hex"),
      version: pulumiVersion,
    },
    secrets_providers: { type: "passphrase", state: { salt } },
    ...(deployment.resources.length > 0 && {
      resources: deployment.resources.map((state) => storeResource(state, secrets)),
    }),
    ...(deployment.pendingOperations.length > 0 && {
      pending_operations: deployment.pendingOperations.map(({ resource, type }) => ({
        resource: storeResource(resource, secrets),
        type,
      })),
    }),
    metadata: {},
  };
}

/** The salt of a deployment's secrets, if it has any; refuses other secrets providers. */
export function saltOf(stored: StoredDeployment | undefined): string | undefined {
  const provider = stored?.secrets_providers;
  if (!provider || provider.type === "") return undefined;
  if (provider.type !== "passphrase")
    throw new TealError(
      "engine_unsupported",
      `the embedded engine reads stacks whose secrets provider is \`passphrase\`, this one's is \`${provider.type}\`; use the \`cli\` engine`,
    );
  return typeof provider.state?.["salt"] === "string" ? provider.state["salt"] : undefined;
}
