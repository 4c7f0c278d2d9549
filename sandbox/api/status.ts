import { TealError } from "../../model/errors.ts";
import type { JsonObject } from "./json.ts";
import { type Kind, resourceOf } from "./kinds.ts";

export interface Cause {
  reason: string;
  message: string;
  field?: string;
}

interface Details {
  name?: string;
  group?: string;
  kind?: string;
  causes?: Cause[];
  retryAfterSeconds?: number;
}

/** A refusal in the form that Kubernetes clients know: answered as a `Status` object with this HTTP status. */
export class StatusError extends TealError {
  readonly status: number;
  readonly reason: string;
  readonly details: Details | undefined;

  constructor(status: number, reason: string, message: string, details?: Details) {
    super("sandbox_refused", message, { data: { status, reason } });
    this.status = status;
    this.reason = reason;
    this.details = details;
  }

  body(): JsonObject {
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: this.message,
      ...(this.reason === "" ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.status,
    };
  }
}

function about(kind: Kind, name: string): Details {
  return { name, ...(kind.group === "" ? {} : { group: kind.group }), kind: kind.plural };
}

export function notFound(kind: Kind, name: string): StatusError {
  return new StatusError(404, "NotFound", `${resourceOf(kind)} "${name}" not found`, about(kind, name));
}

export function noSuchResource(): StatusError {
  return new StatusError(404, "NotFound", "the server could not find the requested resource", {});
}

export function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

export function unauthorized(): StatusError {
  return new StatusError(401, "Unauthorized", "Unauthorized");
}

export function alreadyExists(kind: Kind, name: string): StatusError {
  return new StatusError(409, "AlreadyExists", `${resourceOf(kind)} "${name}" already exists`, about(kind, name));
}

export function conflict(kind: Kind, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": ${why}`;
  return new StatusError(409, "Conflict", message, about(kind, name));
}

export const modifiedMeanwhile =
  "the object has been modified; please apply your changes to the latest version and try again";

export function applyConflict(causes: Cause[], message: string): StatusError {
  return new StatusError(409, "Conflict", message, { causes });
}

export function namespaceTerminating(kind: Kind, name: string, namespace: string): StatusError {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = { reason: "NamespaceTerminating", message: `namespace ${namespace} is being terminated` };
  const message = `${resourceOf(kind)} "${name}" is forbidden: ${why}`;
  return new StatusError(403, "Forbidden", message, {
    ...about(kind, name),
    causes: [{ ...cause, field: "metadata.namespace" }],
  });
}

export function invalid(kind: Pick<Kind, "kind" | "group">, name: string, causes: Cause[]): StatusError {
  const said = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const text = said.length === 1 ? said[0] : `[${said.join(", ")}]`;
  const subject = `${kind.kind}${kind.group === "" ? "" : `.${kind.group}`}`;
  const named = name === "" ? {} : { name };
  const details: Details = { ...named, ...(kind.group === "" ? {} : { group: kind.group }), kind: kind.kind, causes };
  return new StatusError(422, "Invalid", `${subject} "${name}" is invalid: ${text}`, details);
}

/** Options of a request (`PatchOptions`, …) that make no sense. */
export function invalidOptions(options: string, cause: Cause): StatusError {
  const message = `${options}.meta.k8s.io "" is invalid: ${cause.field}: ${cause.message}`;
  return new StatusError(422, "Invalid", message, { group: "meta.k8s.io", kind: options, causes: [cause] });
}

export function versionRequired(kind: Kind, name: string): StatusError {
  const cause = {
    reason: "FieldValueInvalid",
    message: "Invalid value: 0: must be specified for an update",
    field: "metadata.resourceVersion",
  };
  const message = `${resourceOf(kind)} "${name}" is invalid: ${cause.field}: ${cause.message}`;
  return new StatusError(422, "Invalid", message, { ...about(kind, name), causes: [cause] });
}

export function tooOld(wanted: number, oldest: number): StatusError {
  return new StatusError(410, "Expired", `too old resource version: ${wanted} (${oldest})`);
}

export function unsupportedMedia(type: string, accepted: readonly string[]): StatusError {
  const message = `the body of the request was in an unknown format (${type}) - accepted media types include: ${accepted.join(", ")}`;
  return new StatusError(415, "UnsupportedMediaType", message);
}

export function tooLarge(limit: number): StatusError {
  return new StatusError(413, "RequestEntityTooLarge", `Request entity too large: limit is ${limit}`);
}

/** The answer to a deletion that left nothing behind. */
export function deleted(kind: Kind, name: string, uid: string): JsonObject {
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { ...about(kind, name), uid },
  };
}
