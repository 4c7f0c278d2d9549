/** A rollout as it stands in the form: what is left empty goes by the policy. */
export interface RolloutDraft {
  tenant: string;
  release: string;
  /** Empty: by the policy. */
  strategy: "" | "blue-green" | "recreate";
  /** Percent, separated by commas or spaces. */
  steps: string;
  bakeSeconds: string;
  holdSeconds: string;
  beforeTraffic: boolean;
  beforeFull: boolean;
  reason: string;
  override: string;
}

/** What the API is sent. */
export function rolloutOf(draft: RolloutDraft) {
  const { release, strategy, steps, bakeSeconds, holdSeconds, beforeTraffic, beforeFull, reason, override } = draft;
  const gates = [
    ...(beforeTraffic ? ["before-traffic" as const] : []),
    ...(beforeFull ? ["before-full" as const] : []),
  ];
  return {
    release,
    ...(strategy !== "" && { strategy }),
    ...(steps.trim() !== "" && {
      steps: steps
        .split(/[\s,%]+/)
        .filter(Boolean)
        .map(Number),
    }),
    ...(bakeSeconds.trim() !== "" && { bakeSeconds: Number(bakeSeconds) }),
    ...(holdSeconds.trim() !== "" && { holdSeconds: Number(holdSeconds) }),
    ...(gates.length > 0 && { gates }),
    ...(reason.trim() !== "" && { reason: reason.trim() }),
    ...(override.trim() !== "" && { override: { reason: override.trim() } }),
  };
}

/**
 * Whether the service is shut for it, as far as the form can tell: the API also looks at the migrations of releases that are
 * skipped.
 */
export function recreates(
  strategy: RolloutDraft["strategy"],
  policy: { strategy: string } | undefined,
  release: { migration?: { compatible: boolean } | undefined } | undefined,
): boolean {
  return (strategy || policy?.strategy) === "recreate" || release?.migration?.compatible === false;
}
