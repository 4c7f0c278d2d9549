import { interventions, isSurprise, type Intervention, type Operation } from "../operation.ts";
import { lossOf } from "./loss.ts";
import { pastReturn } from "./guards.ts";
import { rowFor } from "./step.ts";

/** What a person may do to an operation now, and what it would bring about. */
export interface OfferedAction {
  name: Intervention;
  allowed: boolean;
  whyNot?: string;
  effect: string;
}

/** Every intervention with whether it is allowed in the operation's phase. */
export function offeredActions(operation: Operation): OfferedAction[] {
  return interventions.map((name) => {
    const effect = effectOf(name, operation);
    const whyNot = refusal(name, operation);
    return whyNot === undefined ? { name, allowed: true, effect } : { name, allowed: false, whyNot, effect };
  });
}

/** Why a person's wish can't be granted now; undefined when it can. Repeating what is already so is granted. */
export function refusal(name: Intervention, operation: Operation): string | undefined {
  if (operation.endedAt) return `The operation has ended (${operation.state}).`;
  if (rowFor(operation, name) || alreadySo(name, operation)) return undefined;
  return whyNot(name, operation);
}

/** Whether the operation is already doing, or has just been asked, what `name` asks. */
export function alreadySo(name: Intervention, operation: Operation): boolean {
  if (operation.request?.name === name) return true;
  const back = ["warming", "rolling-back", "restoring", "removing"].includes(operation.phase);
  const removes = operation.kind === "offboard" && operation.phase === "removing";
  if (name === "abort") return back && !removes;
  if (name === "rollback") return back && !removes && operation.kind !== "provision";
  return name === "pause" && operation.phase === "paused";
}

function whyNot(name: Intervention, operation: Operation): string {
  const { phase, kind, memory } = operation;
  if (name === "approve" || name === "reject") return "The operation waits for no approval.";
  if (name === "resume") return `It is not paused; it is ${phase}.`;
  if (name === "finish" && kind === "offboard")
    return `Going on early means something while the tenant has its grace, or where it halted, not while ${phase}.`;
  if (name === "finish")
    return `Finishing early means something while traffic shifts or the old slot is held, not while ${phase}.`;
  if (name === "pause") return `It can't be paused while ${phase}.`;
  if (kind === "provision" && name === "rollback")
    return "A new tenant has nothing to go back to. Abort removes what was made of it.";
  if (kind === "repair" && name === "rollback") return "A repair has no way back. Abort ends it where it is.";
  if (kind === "backup" && name === "rollback") return "A backup changes nothing. Abort ends it.";
  if (kind === "offboard") return "What has been removed can't be brought back by turning round.";
  if (pastReturn(operation)) return noWayBack(operation);
  const at = memory.resume ?? phase;
  if (at === "stopping") return "Its pods are being stopped. Let it end, then unsuspend the tenant.";
  return at === "settling"
    ? "The old slot is already being changed. Let it end, then roll out the old release."
    : `There is nothing to go back to while ${at}.`;
}

function noWayBack({ phase, kind }: Operation): string {
  const what = kind === "restore" ? "is being brought back" : "may have been migrated";
  if (phase === "halted" || phase === "paused")
    return `The tenant's data ${what}: what ran before can't go on with it. Abort leaves the service shut, so that a backup can be restored.`;
  return `The tenant's data ${what}: what ran before can't go on with it. Let it end, or pause it; then it can be aborted, which leaves the service shut.`;
}

function effectOf(name: Intervention, operation: Operation): string {
  const back = effectOfGoingBack(operation);
  const effects: Record<Intervention, string> = {
    pause: "Holds the weights and everything else as they are until resumed.",
    resume: effectOfResuming(operation),
    approve: "Lets the operation past the gate it waits at.",
    reject: "Refuses the gate: the operation goes back.",
    abort: back,
    rollback: back,
    finish: effectOfFinishing(operation),
  };
  return effects[name];
}

function effectOfFinishing({ kind, phase, memory, move }: Operation): string {
  if (kind === "offboard") {
    if (phase === "grace") return "Ends the grace now: the tenant is exported, then removed for good.";
    return memory.resume === "exporting"
      ? `Removes all that the tenant has for good, without the export that could not be made. Lost then: ${lossOf({ move })}.`
      : "Goes on without having shut the tenant: it is exported as it is, then removed for good.";
  }
  return phase === "holding"
    ? "Ends the hold now: the old slot is settled and rolling back takes a new rollout."
    : "Moves all traffic to the new slot at once.";
}

function effectOfResuming({ outcome, phase, memory }: Operation): string {
  if (phase === "halted" && memory.resume === "migrating") return "Runs the migration again.";
  if (isSurprise(outcome))
    return "Goes on as it was asked for: what it touches becomes as Teal wants it, whatever was changed by hand.";
  if (outcome?.code === "inconclusive") return "Takes the step as passed and goes on with the next.";
  return "Goes on where it was interrupted.";
}

function comingBack({ move }: Operation): string {
  if (!move || move.before?.suspended === "stopped") return "Keeps the tenant, as it was: shut.";
  return "Keeps the tenant: its pods are started again, and requests led to them once they are ready.";
}

function effectOfGoingBack(operation: Operation): string {
  const { kind, phase, memory, outcome, move } = operation;
  if (kind === "provision") return "Removes what was made of the tenant so far.";
  if (kind === "repair") return "Ends it; what it has mended so far stays mended.";
  if (kind === "backup") return "Ends it; the tenant is as it was.";
  if ((memory.resume ?? phase) === "queued") return "Cancels it; nothing has been changed.";
  if (pastReturn(operation))
    return "Ends it and leaves the service shut: restore a backup then, or roll out a release that can go on with the data.";
  if (isSurprise(outcome))
    return "Brings the tenant to what Teal knew of it before this operation, over whatever is there now.";
  if (move?.way) return "Brings back what ran before, and leads requests to it once it is ready.";
  if (kind === "scale") return "Brings the number of pods back to what it was.";
  if (kind === "offboard") return comingBack(operation);
  if (kind === "suspend") return "Leads requests to the tenant again.";
  if (kind === "unsuspend") return "Leaves the tenant suspended, and stops the pods that were started.";
  return "Moves all traffic back to the old slot, then restores the idle one. Data is left as it is.";
}
