import { Ban, CircleAlert, CircleCheck, CircleDashed, Hand, LoaderCircle, Undo2, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { wordsOf, toneOf, type Phase, type Tone } from "../words/machine.ts";

const icons: Record<Tone, LucideIcon> = {
  quiet: CircleDashed,
  run: LoaderCircle,
  wait: Hand,
  bad: CircleAlert,
  done: CircleCheck,
};

/** A status as icon and word. */
export function Status({ tone, icon, children }: { tone: Tone; icon?: LucideIcon; children: ReactNode }) {
  const Icon = icon ?? icons[tone];
  return (
    <span className={`status status-${tone}`}>
      <Icon aria-hidden="true" />
      {children}
    </span>
  );
}

const ofPhase: Partial<Record<Phase, LucideIcon>> = { "rolled-back": Undo2, "rolling-back": Undo2, cancelled: Ban };

/** `past`: it has gone through this phase. */
export function PhaseStatus({
  phase,
  step,
  past = false,
}: {
  phase: Phase;
  step?: { percent: number } | undefined;
  past?: boolean;
}) {
  const icon = ofPhase[phase];
  const moves = phase === "shifting" || phase === "baking";
  return (
    <Status tone={past ? "done" : toneOf(phase)} {...(icon && { icon })}>
      {wordsOf(phase).short}
      {moves && step ? ` ${step.percent} %` : ""}
    </Status>
  );
}
