import type { Answer } from "../support/identity.ts";

const sayings: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/ValidatingAdmissionPolicy '([^']+)' with binding/, (match) => `\`${match[1]}\``],
  [/violates PodSecurity/, () => "PodSecurity"],
  [/exceeded quota/, () => "ResourceQuota"],
  [/maximum (cpu|memory) usage per Container/, () => "LimitRange"],
  [/attempting to grant RBAC permissions not currently held/, () => "RBAC"],
  [/cannot \w+ resource "[^"]+"/, () => "RBAC"],
];

/** By which mechanism the API server refused, as its message names it; null where it did not refuse, or by no known one. */
export function mechanismOf({ code, message }: Answer): string | null {
  if (code !== 403 && code !== 422) return null;
  for (const [saying, name] of sayings) {
    const match = saying.exec(message);
    if (match) return name(match);
  }
  return null;
}
