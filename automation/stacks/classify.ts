import { ConcurrentUpdateError, StackNotFoundError, type DiagnosticEvent } from "@pulumi/pulumi/automation/index.js";
import { TealError } from "../../model/errors.ts";
import type { Cause, Evidence } from "../../model/operation.ts";
import { awsSaid } from "../aws/said.ts";
import type { Mask } from "./mask.ts";
import { stateFailures } from "./stateFailures.ts";

/** What is known of a stack operation that failed. */
export interface StackFailure {
  stack: string;
  error: unknown;
  /** Diagnostics of severity `error` among its engine events. */
  diagnostics: readonly Pick<DiagnosticEvent, "urn" | "message">[];
  mask: Mask;
}

interface Rule {
  code: string;
  cause: Cause;
  retriable: boolean;
  pattern: RegExp;
  what: string;
}

/** How Pulumi, its providers, the embedded engine and the API server say what is wrong. The first rule that fits decides. */
const rules: readonly Rule[] = [
  ...stateFailures.map(([code, retriable, pattern]) =>
    rule(code, "platform", retriable, pattern, "The stack's state can't be read or written"),
  ),
  rule(
    "engine_unsupported",
    "platform",
    false,
    /engine_unsupported|embedded engine/i,
    "The embedded engine can't do this; the cli engine can",
  ),
  rule(
    "passphrase_mismatch",
    "platform",
    false,
    /incorrect passphrase|passphrase must be set|message authentication failed/i,
    "The stack's secrets can't be read with this PULUMI_CONFIG_PASSPHRASE",
  ),
  rule(
    "program_error",
    "platform",
    false,
    /unhandled exception|stack_config_invalid|an unhandled error/i,
    "The tenant program failed",
  ),
  rule(
    "volume_fixed",
    "policy",
    false,
    /only dynamically provisioned pvc can be resized|storageclass that provisions the pvc must support resize/i,
    "The tenant's volume can't grow with its tier, since its storage class doesn't allow it",
  ),
  // Pods are made again by controllers; a claim is refused for good until the quota's new figures are counted.
  rule(
    "quota_not_counted",
    "platform",
    true,
    /status unknown for quota|exceeded quota: .*(persistentvolumeclaims|requests\.storage)/i,
    "The cluster has not yet counted the namespace's new quota",
  ),
  rule(
    "quota_exceeded",
    "policy",
    false,
    /exceeded quota|must specify (limits|requests)|maximum (cpu|memory) usage/i,
    "The namespace's quota or limits refuse it",
  ),
  rule(
    "namespace_terminating",
    "platform",
    true,
    /is being terminated|object is being deleted/i,
    "The namespace is still being deleted",
  ),
  rule(
    "cluster_unreachable",
    "platform",
    true,
    /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|UND_ERR_|socket hang up|fetch failed|connection (refused|reset)|no route to host|i\/o timeout|timed? ?out\b|TLS handshake|no such host|cluster is unreachable|unable to load schema|context deadline exceeded|too many requests|service unavailable|currently unable to handle|etcdserver|unexpected EOF|\b(429|502|503|504)\b/i,
    "The cluster's API server doesn't answer",
  ),
  rule(
    "denied_by_policy",
    "policy",
    false,
    /ValidatingAdmissionPolicy|admission webhook .* denied|violates PodSecurity/i,
    "An admission policy of the cluster refuses it",
  ),
  rule(
    "forbidden",
    "platform",
    false,
    /\bis forbidden\b|\bForbidden\b|\bUnauthorized\b|\b(401|403)\b|cannot (create|get|list|patch|update|delete) resource/i,
    "The cluster refuses Teal the rights for it",
  ),
  rule(
    "conflict",
    "platform",
    false,
    /apply failed with \d+ conflict|conflicts? with "|field manager/i,
    "Something else than Teal manages what it would change",
  ),
  rule(
    "conflict",
    "platform",
    true,
    /object has been modified|\b409\b|Conflict/,
    "Something else changed it at the same moment",
  ),
  rule(
    "invalid_object",
    "platform",
    false,
    /\bis invalid\b|Invalid value|unprocessable|strict decoding|unknown field|field is immutable|\b(400|422)\b|Bad ?Request/i,
    "The API server refuses an object as invalid",
  ),
];

function rule(code: string, cause: Cause, retriable: boolean, pattern: RegExp, what: string): Rule {
  return { code, cause, retriable, pattern, what };
}

/**
 * The one place that reads Pulumi's errors. Gives a TealError with data `{cause, retriable, evidence}`; no text in it
 * holds a secret that `mask` knows.
 */
export function classify({ stack, error, diagnostics, mask }: StackFailure): TealError {
  if (error instanceof TealError) return known(error);
  if (error instanceof ConcurrentUpdateError) return locked(stack, mask(error.message));
  const told = diagnostics.map(({ urn, message }) => ({ urn: urn ?? "", message: mask(message).trim() }));
  const specific = told.filter(
    ({ message }) => message !== "" && !/^(update|preview|destroy|refresh) failed$/.test(message),
  );
  const messages = specific.length > 0 ? specific : [{ urn: "", message: mask(essence(error)) }];

  for (const shown of messages) {
    const aws = awsSaid(shown.message);
    if (!aws) continue;
    const data = { cause: "platform" as const, retriable: aws.retriable, evidence: messages.map(evidence) };
    return failure(aws.code, `AWS refused a change of stack ${stack}. ${aws.what} ${named(shown)}`, data);
  }
  for (const candidate of rules) {
    const shows = messages.find(({ message }) => candidate.pattern.test(message));
    if (!shows) continue;
    const { code, retriable, what } = candidate;
    const cause = code === "invalid_object" ? whoseObject(shows.urn) : candidate.cause;
    return failure(code, `${what}: ${named(shows)}`, { cause, retriable, evidence: messages.map(evidence) });
  }
  const data = { cause: "platform" as const, retriable: true, evidence: messages.map(evidence) };
  return failure("unknown", `The update of stack ${stack} failed: ${named(messages[0]!)}`, data);
}

/** Whether the stack that was asked for isn't there. */
export function isStackMissing(error: unknown): boolean {
  return error instanceof StackNotFoundError;
}

/** Holders of the lock that a concurrent update was refused for, as the file backends name them. */
export function lockHolders(error: unknown): { host: string; pid: number }[] {
  if (!(error instanceof ConcurrentUpdateError)) return [];
  const holders = error.message.matchAll(/created by [^\s@]+@(\S+) \(pid (\d+)\)/g);
  return [...holders].map(([, host, pid]) => ({ host: host!, pid: Number(pid) }));
}

/** Our own errors say what is wrong already; those of other rooms lack who has to act. */
function known(error: TealError): TealError {
  if (error.data["cause"] !== undefined) return error;
  const data = { cause: "platform", retriable: false, evidence: [], ...error.data };
  return new TealError(error.code, error.message, { data, cause: error.cause });
}

function locked(stack: string, text: string): TealError {
  const evidenceText = /the stack is currently locked[^]*?(?=\n\s*err\?:|$)/.exec(text)?.[0] ?? essence(text);
  const data = {
    cause: "platform" as const,
    retriable: true,
    evidence: [evidence({ urn: "", message: evidenceText })],
  };
  return failure("stack_locked", `Stack ${stack} is locked by another update. It goes on when that one ends.`, data);
}

function failure(
  code: string,
  message: string,
  data: { cause: Cause; retriable: boolean; evidence: Evidence[] },
): TealError {
  // Without `cause`: the CLI's error holds all that was printed, secrets perhaps too.
  return new TealError(code, message.slice(0, 2000), { data });
}

/** A slot's settings are the tenant's, its workload the release's; the rest is Teal's own. */
function whoseObject(urn: string): Cause {
  if (/core\/v1:(ConfigMap|Secret)::/.test(urn)) return "tenant";
  return /apps\/v1:Deployment::/.test(urn) ? "release" : "platform";
}

function named({ urn, message }: { urn: string; message: string }): string {
  const name = urn.slice(urn.lastIndexOf("::") + 2);
  return urn === "" ? message : `${name}: ${message}`;
}

function evidence(shown: { urn: string; message: string }): Evidence {
  return { source: "pulumi", text: named(shown).slice(0, 4000) };
}

/** Of an error without diagnostics: the lines that say `error:`, else its first lines. */
function essence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").filter((line) => /\berror:/.test(line));
  return (lines.length > 0 ? [...new Set(lines.map((line) => line.trim()))] : text.split("\n").slice(0, 10)).join("\n");
}
