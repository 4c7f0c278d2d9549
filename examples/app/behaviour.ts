/** How the application can be told to fail: by the ending of its image's tag. */
export const failures = ["slow", "erroring", "neverready", "crashing", "migrationfails"] as const;
export type Failure = (typeof failures)[number];

/** What a container of this image is for. */
export type Role = "web" | "background" | "migration";

/** `registry:5000/app:2.1.0-slow@sha256:…` → `2.1.0-slow`; an image without a tag is `latest`. */
export function tagOf(image: string): string {
  const [name = ""] = image.split("@");
  const colon = name.lastIndexOf(":");
  return colon > name.lastIndexOf("/") ? name.slice(colon + 1) : "latest";
}

export const failureOf = (tag: string): Failure | undefined => failures.find((failure) => tag.endsWith(`-${failure}`));

/**
 * Which schema a release was written for: its tag's major version is the schema's, `2.1.0` → 2, and 1 where the tag
 * begins with no number. (An image without a tag goes by the release's version.) Going to the next schema adds a column, which older releases don't mind. A tag that ends with
 * `-breaking` renames one that they read instead, `3.0.0-breaking`: from then on they fail to read and write notes.
 */
export function schemaOf(tag: string): { schema: number; breaking: boolean } {
  const major = Number(/^v?(\d{1,4})(?![\d])/.exec(tag)?.[1] ?? 1);
  return { schema: Math.max(major, 1), breaking: tag.endsWith("-breaking") };
}

/**
 * @param words the container's command and args
 * @param env the container's environment; `TEAL_COMPONENT` says it where the command doesn't
 */
export function roleOf(words: readonly string[], env: Readonly<Record<string, string | undefined>>): Role {
  const line = words.join(" ");
  if (/\bmigrat(e|ions?)\b/.test(line)) return "migration";
  if (/\b(background|worker|scheduler)\b/.test(line) || env.TEAL_COMPONENT === "background") return "background";
  return "web";
}
