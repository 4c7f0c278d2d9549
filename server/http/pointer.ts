const maxLength = 200;

/** The JSON pointer (RFC 6901) of a path, cut where its keys are unreasonably long. */
export function pointer(path: readonly PropertyKey[]): string {
  const text = path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return (text.length > maxLength ? `${text.slice(0, maxLength)}…` : text).toWellFormed();
}
