/** `s3://bucket[/prefix][?option=value…]`, as the Pulumi CLI (by Go's CDK, with AWS's SDK v2) takes it. */
import { TealError } from "../../../model/errors.ts";
import { unsupported } from "../../unsupported.ts";

/** Where state lies in S3, and how to get there. What is not given, the SDK takes from its environment. */
export interface S3Place {
  /** As the user gave it. */
  readonly url: string;
  readonly bucket: string;
  /** Before every key: empty, or as it stands there. */
  readonly prefix: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly pathStyle?: boolean;
  readonly dualStack?: boolean;
  readonly fips?: boolean;
  readonly accelerate?: boolean;
  readonly encryption?: { readonly type: "AES256" | "aws:kms" | "aws:kms:dsse"; readonly key?: string };
  readonly requestChecksum?: Checksum;
  readonly responseChecksum?: Checksum;
}

export type Checksum = "WHEN_SUPPORTED" | "WHEN_REQUIRED";

const known = [
  ...["region", "endpoint", "profile", "awssdk", "prefix", "s3ForcePathStyle", "use_path_style", "hostname_immutable"],
  ...["dualstack", "fips", "accelerate", "disable_https", "ssetype", "kmskeyid"],
  ...["request_checksum_calculation", "response_checksum_validation"],
];
/** Those of the CLI that have no use here. */
const foreign = ["role", "anonymous", "rate_limiter_capacity"];

/** Throws `state_url_invalid`, which tells what was expected, and `engine_unsupported` for what only the CLI does. */
export function parseS3Url(url: string): S3Place {
  const [, bucket = "", path = "", query = ""] = /^s3:\/\/([^/?#]*)([^?#]*)\??([^#]*)$/.exec(url) ?? [];
  if (!/^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/i.test(bucket))
    throw invalid(
      `a bucket's name, as in s3://bucket/prefix?region=eu-central-1, got ${bucket ? "another form" : "none"}`,
    );
  const options = optionsOf(query);
  const endpoint = endpointOf(options);
  const place = {
    region: options.get("region"),
    endpoint,
    profile: options.get("profile"),
    pathStyle: pathStyleOf(options),
    dualStack: flag(options, "dualstack"),
    fips: flag(options, "fips"),
    accelerate: flag(options, "accelerate"),
    encryption: encryptionOf(options),
    requestChecksum: checksum(options, "request_checksum_calculation"),
    responseChecksum: checksum(options, "response_checksum_validation"),
  };
  const given = Object.entries(place).filter(([, value]) => value !== undefined);
  return { url, bucket, prefix: (options.get("prefix") ?? "") + prefixOf(path), ...Object.fromEntries(given) };
}

function optionsOf(query: string): Map<string, string> {
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (foreign.includes(name)) throw unsupported(`the option ${name} of s3:// backends`);
    if (!known.includes(name)) throw invalid(`options ${known.join(", ")}, got ${JSON.stringify(name)}`);
    // As with the CLI: the first counts, and an empty one does not.
    if (value !== "" && !options.has(name)) options.set(name, value);
  }
  const sdk = options.get("awssdk") ?? "v2";
  if (!["v2", "V2"].includes(sdk)) throw invalid(`awssdk=v2, got ${JSON.stringify(sdk)}`);
  return options;
}

function prefixOf(path: string): string {
  const prefix = decoded(path).replace(/^\/+/, "");
  if (/\p{Cc}/u.test(prefix) || prefix.split("/").includes(".."))
    throw invalid(`a prefix without control characters and "..", got ${JSON.stringify(prefix)}`);
  return prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid(`a prefix in URL encoding, got ${JSON.stringify(path)}`);
  }
}

function endpointOf(options: Map<string, string>): string | undefined {
  const endpoint = options.get("endpoint");
  if (endpoint === undefined) return undefined;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint))
    throw invalid("endpoint=https://host, got another form");
  const parsed = new URL(endpoint);
  if (parsed.username || parsed.password) throw invalid("an endpoint without a user and a password in it");
  if (flag(options, "disable_https")) parsed.protocol = "http:";
  return parsed.href.replace(/\/$/, "");
}

/** An endpoint whose host may not be changed has the bucket in its path. */
function pathStyleOf(options: Map<string, string>): boolean | undefined {
  const immutable = options.has("endpoint") && flag(options, "hostname_immutable");
  return flag(options, "s3ForcePathStyle") ?? flag(options, "use_path_style") ?? (immutable || undefined);
}

function encryptionOf(options: Map<string, string>): S3Place["encryption"] {
  const types = ["AES256", "aws:kms", "aws:kms:dsse"] as const;
  const [wanted, key] = [options.get("ssetype"), options.get("kmskeyid")];
  if (wanted === undefined && key === undefined) return undefined;
  const type = types.find((each) => each.toLowerCase() === (wanted ?? "aws:kms").toLowerCase());
  if (!type) throw invalid(`ssetype to be one of ${types.join(", ")}, got ${JSON.stringify(wanted)}`);
  return { type, ...(key !== undefined && { key }) };
}

/** What Go takes for yes and no. */
const flags: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...["1", "t", "T", "true", "TRUE", "True"].map((text) => [text, true]),
  ...["0", "f", "F", "false", "FALSE", "False"].map((text) => [text, false]),
]);

function flag(options: Map<string, string>, name: string): boolean | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  if (!Object.hasOwn(flags, text)) throw invalid(`${name}=true or ${name}=false, got ${JSON.stringify(text)}`);
  return flags[text];
}

function checksum(options: Map<string, string>, name: string): Checksum | undefined {
  const text = options.get(name);
  if (text === undefined) return undefined;
  const found = (["WHEN_SUPPORTED", "WHEN_REQUIRED"] as const).find((each) => each === text.toUpperCase());
  if (!found) throw invalid(`${name} to be when_supported or when_required, got ${JSON.stringify(text)}`);
  return found;
}

/** Nothing is repeated that a password may stand in by mistake. */
function invalid(expected: string): TealError {
  return new TealError("state_url_invalid", `the s3:// backend's URL: expected ${expected}`);
}
