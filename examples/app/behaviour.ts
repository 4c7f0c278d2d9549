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
 * @param words the container's command and args
 * @param env the container's environment; `TEAL_COMPONENT` says it where the command doesn't
 */
export function roleOf(words: readonly string[], env: Readonly<Record<string, string | undefined>>): Role {
  const line = words.join(" ");
  if (/\bmigrat(e|ions?)\b/.test(line)) return "migration";
  if (/\b(background|worker|scheduler)\b/.test(line) || env.TEAL_COMPONENT === "background") return "background";
  return "web";
}
