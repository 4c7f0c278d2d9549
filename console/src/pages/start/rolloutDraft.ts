/** A rollout as it stands in the form: what is left empty goes by the policy. */
export interface RolloutDraft {
  tenant: string;
  release: string;
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
  const { release, steps, bakeSeconds, holdSeconds, beforeTraffic, beforeFull, reason, override } = draft;
  const gates = [
    ...(beforeTraffic ? ["before-traffic" as const] : []),
    ...(beforeFull ? ["before-full" as const] : []),
  ];
  return {
    release,
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
