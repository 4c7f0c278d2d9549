import { awsKinds, kindNamed, type AwsKind } from "./errors.ts";

/** How AWS's SDK for Go, which Pulumi's provider is made with, writes what AWS has answered. */
const answered = /\bapi error ([A-Za-z][\w.]*)\b/g;
/** The same SDK, without anybody to be. */
const nobody = /no valid credential sources|failed to refresh cached credentials|\bNoCredentialProviders\b/i;

/** What an error of Pulumi's AWS provider says that AWS has against it; null where it is none of AWS's. */
export function awsSaid(text: string): AwsKind | null {
  if (nobody.test(text)) return awsKinds.find(({ kind }) => kind === "credentials")!;
  // The innermost comes last.
  const name = [...text.matchAll(answered)].at(-1)?.[1];
  if (name === undefined) return null;
  const status = Number(/https response error StatusCode: (\d{3})/.exec(text)?.[1] ?? 0);
  return kindNamed([name.split(".").at(-1)!], status);
}
