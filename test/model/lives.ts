import type { Move } from "../../model/layout.ts";
import type { OperationKind } from "../../model/operation.ts";
import { before, recreating } from "./operations.ts";

/**
 * What every kind of operation does in every phase, written down from what docs/rollouts.md and docs/words.md promise and
 * not from the machine's table. A line is a phase, `event event>phase` what happens there; what isn't written means
 * nothing. `paused <phase>` and `halted <phase>` are interrupted there.
 */
export interface Life {
  name: string;
  kinds: readonly OperationKind[];
  /** Null: it has none. */
  move?: Partial<Move> | null;
  /** Index of the traffic step under way. */
  step?: number;
  says: string;
}

const movers = ["configure", "rollout", "rollback", "restart"] as const;
const back = "failed abort rollback>rolling-back, pause surprised>paused";
const beginning = "abort rollback>cancelled, failed>failed, pause surprised>paused";

/** Going back can be tried again, but not called off; what was found on the way is asked about. */
const wayBack = `
  rolling-back: moved>restoring, failed>halted, surprised>paused
  restoring: applied>rolled-back, failed>halted, surprised>paused
  paused queued: resume>queued, abort rollback>cancelled
  paused rolling-back: resume>rolling-back, abort rollback>rolling-back
  paused restoring: resume>restoring, abort rollback>rolling-back
  halted rolling-back: resume>rolling-back, abort rollback>rolling-back
  halted restoring: resume>restoring, abort rollback>rolling-back`;

/** Once settling has begun the old slot is no longer what it was. */
const settling = `
  settling: applied>succeeded, failed>halted, pause surprised>paused
  paused settling: resume>settling
  halted settling: resume>settling`;

const goesBackFrom = (...phases: string[]) =>
  phases.map((phase) => `\n  paused ${phase}: resume>${phase}, abort rollback>rolling-back`).join("");

const traffic = (verified: string, passed: string) => `
  deploying: applied>verifying, ${back}
  verifying: verified>${verified}, ${back}
  awaiting-approval: approve>shifting, reject expired>rolling-back, ${back}
  shifting: moved>baking, replanned>awaiting-approval, finish>shifting, ${back}
  baking: passed>${passed}, finish>shifting, ${back}
  promoting: applied>holding, ${back}
  holding: held finish>settling, ${back}
  ${goesBackFrom("deploying", "verifying", "awaiting-approval", "shifting", "baking", "promoting", "holding")}
  ${settling}${wayBack}`;

const warming = "failed abort rollback>warming, pause surprised>paused";
const warms = (...phases: string[]) =>
  phases.map((phase) => `\n  paused ${phase}: resume>${phase}, abort rollback>warming`).join("");
const shutting = (kind: "mover" | "restore") => `
  queued: started>closing, ${beginning}
  closing: moved>stopping, ${kind === "mover" ? "replanned>awaiting-approval, " : ""}${back}
  stopping: stopped>backing-up, ${warming}
  warming: warmed>rolling-back, failed>halted
  halted warming: resume>warming, abort rollback>warming
  ${goesBackFrom("closing")}${warms("stopping", "backing-up")}${wayBack}`;
const asking = `
  awaiting-approval: approve>closing, reject expired>rolling-back, ${back}
  ${goesBackFrom("awaiting-approval")}`;

/** Nothing safe is left to go back to: it halts, and only a person can end it, which leaves the service shut. */
const oneWay = "failed>halted, pause surprised>paused";
const stuck = (...phases: string[]) =>
  phases
    .flatMap((phase) => ["paused", "halted"].map((how) => `\n  ${how} ${phase}: resume>${phase}, abort>failed`))
    .join("");

const leaves = "failed>halted, abort rollback>warming, pause>paused";
const staysShut = "failed>halted, abort rollback>cancelled, pause>paused";
/** What is gone can't be brought back. */
const removing = `
      removing: removed>succeeded, failed>halted
      halted removing: resume>removing`;
const shut = `
      paused queued: resume>queued, abort rollback>cancelled
      paused exporting: resume>exporting, abort rollback>cancelled`;

export const lives: readonly Life[] = [
  {
    name: "by steps",
    kinds: movers,
    says: `queued: started>deploying, ${beginning} ${traffic("shifting", "shifting")}`,
  },
  {
    name: "by steps, the last one",
    kinds: movers,
    step: 2,
    says: `queued: started>deploying, ${beginning} ${traffic("shifting", "promoting")}`,
  },
  {
    name: "with both gates, before all traffic",
    kinds: movers,
    move: { gates: ["before-traffic", "before-full"] },
    step: 1,
    says: `queued: started>deploying, ${beginning} ${traffic("awaiting-approval", "awaiting-approval")}`,
  },
  {
    name: "in one step, with a gate before all traffic",
    kinds: movers,
    move: { steps: [100], gates: ["before-full"] },
    says: `queued: started>deploying, ${beginning} ${traffic("awaiting-approval", "promoting")}`,
  },
  {
    name: "in place",
    kinds: ["configure"],
    move: { steps: [] },
    says: `
      queued: started>deploying, ${beginning}
      deploying: applied>succeeded, ${back} ${goesBackFrom("deploying")}${wayBack}`,
  },
  {
    name: "with a backup and a compatible migration",
    kinds: movers,
    move: { backup: true, migrates: true, schema: "2", volume: 1 },
    says: `
      queued: started>backing-up, ${beginning}
      backing-up: backed-up>migrating, failed abort rollback>restoring, pause surprised>paused
      migrating: migrated>deploying, failed abort rollback>restoring, pause surprised>paused
      paused backing-up: resume>backing-up, abort rollback>restoring
      paused migrating: resume>migrating, abort rollback>restoring ${traffic("shifting", "shifting")}`,
  },
  {
    name: "with a compatible migration alone",
    kinds: movers,
    move: { migrates: true, schema: "2", volume: 1 },
    says: `
      queued: started>migrating, ${beginning}
      migrating: migrated>deploying, failed abort rollback>restoring, pause surprised>paused
      paused migrating: resume>migrating, abort rollback>restoring ${traffic("shifting", "shifting")}`,
  },
  {
    name: "recreated, with a way back",
    kinds: movers,
    move: { ...recreating, oneWay: false as unknown as true },
    says: `${shutting("mover")}${asking}${settling}
      backing-up: backed-up>migrating, ${warming}
      migrating: migrated>deploying, ${warming}
      deploying: applied>verifying, ${warming}
      verifying: verified>opening, ${warming}
      opening: moved>settling, ${warming} ${warms("migrating", "deploying", "verifying", "opening")}`,
  },
  {
    name: "recreated over a migration that isn't compatible",
    kinds: movers,
    move: recreating,
    says: `${shutting("mover")}${asking}${settling}
      backing-up: backed-up>migrating, ${warming}
      migrating: migrated>deploying, ${oneWay}
      deploying: applied>verifying, ${oneWay}
      verifying: verified>opening, ${oneWay}
      opening: moved>settling, ${oneWay} ${stuck("migrating", "deploying", "verifying", "opening")}`,
  },
  {
    name: "restored",
    kinds: ["restore"],
    says: `${shutting("restore")}
      backing-up: backed-up>restoring-data, ${warming}
      restoring-data: restored>deploying, ${oneWay}
      deploying: applied>verifying, ${oneWay}
      verifying: verified>opening, ${oneWay}
      opening: moved>succeeded, ${oneWay} ${stuck("restoring-data", "deploying", "verifying", "opening")}`,
  },
  {
    name: "provisioned",
    kinds: ["provision"],
    says: `
      queued: started>deploying, abort>removing, failed>failed, pause surprised>paused
      deploying: applied>verifying, failed>failed, abort>removing, pause surprised>paused
      verifying: verified>succeeded, failed>failed, abort>removing, pause surprised>paused
      removing: removed>cancelled, failed>halted
      paused queued: resume>queued, abort>removing
      paused deploying: resume>deploying, abort>removing
      paused verifying: resume>verifying, abort>removing
      halted removing: resume>removing, abort>removing`,
  },
  {
    name: "provisioned with a migration",
    kinds: ["provision"],
    move: { migrates: true, schema: "2", volume: 1 },
    says: `
      queued: started>migrating, abort>removing, failed>failed, pause surprised>paused
      migrating: migrated>deploying, failed>failed, abort>removing, pause surprised>paused
      deploying: applied>verifying, failed>failed, abort>removing, pause surprised>paused
      verifying: verified>succeeded, failed>failed, abort>removing, pause surprised>paused
      removing: removed>cancelled, failed>halted
      paused queued: resume>queued, abort>removing
      paused migrating: resume>migrating, abort>removing
      paused deploying: resume>deploying, abort>removing
      paused verifying: resume>verifying, abort>removing
      halted removing: resume>removing, abort>removing`,
  },
  {
    name: "repaired: what is mended stays so",
    kinds: ["repair"],
    says: `
      queued: started>deploying, ${beginning}
      deploying: applied>verifying, failed>failed, abort>cancelled, pause surprised>paused
      verifying: verified>succeeded, failed>failed, abort>cancelled, pause surprised>paused
      paused queued: resume>queued, abort rollback>cancelled
      paused deploying: resume>deploying, abort>cancelled
      paused verifying: resume>verifying, abort>cancelled`,
  },
  {
    name: "scaled",
    kinds: ["scale"],
    says: `
      queued: started>deploying, ${beginning}
      deploying: applied>verifying, failed>failed, abort rollback>rolling-back, pause surprised>paused
      verifying: verified>succeeded, failed>failed, abort rollback>rolling-back, pause surprised>paused
      ${goesBackFrom("deploying", "verifying")}${wayBack}`,
  },
  {
    name: "suspended: no way back once pods stop",
    kinds: ["suspend"],
    says: `
      queued: started>closing, ${beginning}
      closing: moved>stopping, ${back}
      stopping: stopped>succeeded, failed>failed, pause surprised>paused
      paused stopping: resume>stopping ${goesBackFrom("closing")}${wayBack}`,
  },
  {
    name: "no longer suspended",
    kinds: ["unsuspend"],
    move: { before: { ...before, suspended: "stopped" } },
    says: `
      queued: started>deploying, ${beginning}
      deploying: applied>verifying, ${back}
      verifying: verified>opening, ${back}
      opening: moved>succeeded, ${back} ${goesBackFrom("deploying", "verifying", "opening")}${wayBack}`,
  },
  {
    name: "backed up: changes nothing, so there is nothing to be surprised at",
    kinds: ["backup"],
    says: `
      queued: started>backing-up, abort rollback>cancelled, failed>failed, pause>paused
      backing-up: backed-up>succeeded, failed>failed, abort>cancelled, pause>paused
      paused queued: resume>queued, abort rollback>cancelled
      paused backing-up: resume>backing-up, abort>cancelled`,
  },
  {
    name: "offboarded: it can come back until anything is removed",
    kinds: ["offboard"],
    says: `
      queued: started>closing, abort rollback>cancelled, pause>paused
      closing: moved>stopping, failed>halted, abort rollback>rolling-back, pause>paused
      stopping: stopped>grace, ${leaves}
      grace: held finish>exporting, ${leaves}
      exporting: exported>removing, ${leaves}
      paused closing: resume>closing, abort rollback>rolling-back ${warms("stopping", "grace", "exporting")}
      halted closing: resume>closing, abort rollback>rolling-back, finish>exporting
      halted stopping: resume>stopping, abort rollback>warming, finish>exporting
      halted grace: resume>grace, abort rollback>warming
      halted exporting: resume>exporting, abort rollback>warming, finish>removing
      warming: warmed>rolling-back, failed>halted
      halted warming: resume>warming, abort rollback>warming
      ${removing}${wayBack}`,
  },
  {
    name: "offboarded while it was suspended, which it stays when it comes back",
    kinds: ["offboard"],
    move: { before: { ...before, suspended: "stopped" } },
    says: `
      queued: started>grace, abort rollback>cancelled, pause>paused
      grace: held finish>exporting, ${staysShut}
      exporting: exported>removing, ${staysShut}
      halted grace: resume>grace, abort rollback>cancelled
      halted exporting: resume>exporting, abort rollback>cancelled, finish>removing ${shut}${removing}
      paused grace: resume>grace, abort rollback>cancelled`,
  },
  {
    name: "offboarded before any release ever ran: there is nothing to come back to",
    kinds: ["offboard"],
    move: null,
    says: `
      queued: started>exporting, abort rollback>cancelled, pause>paused
      exporting: exported>removing, ${staysShut}
      halted exporting: resume>exporting, abort rollback>cancelled, finish>removing ${shut}${removing}`,
  },
];
