import { isDeepStrictEqual } from "node:util";
import { colors, type Color } from "../../model/color.ts";
import type { Layout, Slot } from "../../model/layout.ts";
import { refusal } from "../../model/machine/actions.ts";
import { next, type Action, type Facts } from "../../model/machine/next.ts";
import { step } from "../../model/machine/step.ts";
import type { MachineEvent } from "../../model/machine/table.ts";
import type { Intervention, Operation } from "../../model/operation.ts";

const facts: Facts = { now: new Date(1000), stopped: null, freeze: null };

/** A worker in the midst of an action: what it had read when it began. */
interface Working {
  fence: number;
  operation: Operation;
  action: Action;
  /** What the action came to, once it is done; to be written down. */
  event?: MachineEvent | undefined;
}

/**
 * All that the machine acts on, in memory: a ledger with a fence, a stack, pods that become ready when they like, data
 * that a migration changes for good, and two workers that die, sleep and take over from each other at any point.
 */
export class World {
  operation: Operation;
  fence = 0;
  /** Whether the lease of the highest fence has run out. */
  expired = true;
  stack: Layout | null;
  readonly ready = new Set<Color>();
  /** The data has been changed, or is being changed, by something that the old release can't read. */
  changed = false;
  readonly workers: (Working | null)[] = [null, null];
  readonly #facts: Facts;

  constructor(operation: Operation, changes: Partial<Facts> = {}) {
    this.operation = operation;
    this.#facts = { ...facts, ...changes };
    this.stack = operation.move?.before ?? null;
    for (const color of colors) if (hasPods(this.stack, color)) this.ready.add(color);
  }

  /** The worker takes the operation if nobody holds it, and decides what to do. */
  take(worker: number): void {
    if (this.workers[worker] || !this.expired || this.operation.endedAt) return;
    this.expired = false;
    this.fence++;
    this.#decide(worker, this.fence);
  }

  #decide(worker: number, fence: number): void {
    const { request } = this.operation;
    // As the driver does: what was asked comes first.
    if (request) this.#obey(request.name);
    const action = next(this.operation, this.#facts);
    this.workers[worker] = action.do === "rest" ? null : { fence, operation: this.operation, action };
    if (action.do === "rest") this.expired = true;
  }

  #obey(name: Intervention): void {
    const change = step(this.operation, name, facts.now, null);
    this.operation = { ...this.operation, ...change, request: null };
  }

  /** The worker does its action, which a stale one isn't permitted. `wish`: what comes of it, where that is a matter of luck. */
  act(worker: number, wish: MachineEvent): void {
    const working = this.workers[worker];
    if (!working || working.event) return;
    if (working.fence !== this.fence) return void (this.workers[worker] = null);
    working.event = this.#does(working, wish);
  }

  #does({ operation, action }: Working, wish: MachineEvent): MachineEvent | undefined {
    const goesWrong =
      (wish === "failed" || wish === "surprised" || wish === "replanned") && step(operation, wish, facts.now);
    switch (action.do) {
      case "begin":
        return "started";
      case "apply":
        // What fails may have been applied all the same.
        this.#bring(action.layout);
        return goesWrong ? wish : action.done;
      case "warm":
        this.#bring(action.layout);
        if (goesWrong) return wish;
        return this.ready.has(action.layout.live) ? "warmed" : undefined;
      case "migrate":
        this.#bring(action.layout);
        this.changed ||= operation.move?.oneWay === true;
        return goesWrong ? wish : "migrated";
      case "restore":
        this.changed = true;
        return goesWrong ? wish : "restored";
      case "backup":
        return goesWrong ? wish : "backed-up";
      case "verify":
        if (goesWrong) return wish;
        return this.ready.has(operation.move!.target) ? "verified" : undefined;
      case "analyse":
        return goesWrong ? wish : "passed";
      case "remove":
        this.stack = null;
        return goesWrong ? wish : "removed";
      case "wait":
        return action.done === "expired" && wish !== "expired" ? undefined : action.done;
      case "ask":
        return undefined;
      default:
        return undefined;
    }
  }

  #bring(layout: Layout): void {
    for (const color of colors) {
      const same = isDeepStrictEqual(contentOf(this.stack?.slots[color]), contentOf(layout.slots[color]));
      if (!same || !hasPods(this.stack, color) || !hasPods(layout, color)) this.ready.delete(color);
    }
    this.stack = layout;
  }

  /** The worker writes down what came of its action, which the fence lets only the newest do, and goes on. */
  commit(worker: number): void {
    const working = this.workers[worker];
    if (!working) return;
    if (working.fence !== this.fence || this.operation.endedAt) return void (this.workers[worker] = null);
    if (working.event) this.#advance(working);
    if (this.operation.endedAt) this.workers[worker] = null;
    else this.#decide(worker, working.fence);
  }

  #advance({ operation, event }: Working): void {
    const change = step(operation, event!, facts.now, null);
    if (!change) throw new Error(`${event} means nothing while ${operation.kind} is ${operation.phase}`);
    this.operation = { ...this.operation, ...change };
  }

  /** The worker's process is gone, wherever it was. */
  crash(worker: number): void {
    this.workers[worker] = null;
  }

  /** The lease of whoever holds it runs out: it is dead, or asleep and yet to find out. */
  expire(): void {
    this.expired = true;
  }

  /** A person asks for something, as often as they like; what is not allowed is refused. */
  ask(name: Intervention): void {
    if (refusal(name, this.operation) !== undefined || this.operation.request) return;
    this.operation = { ...this.operation, request: { name, reason: "because", actor: "ada" } };
  }

  podsReady(color: Color): void {
    if (hasPods(this.stack, color)) this.ready.add(color);
  }

  /** Whether the stack has pods of the color, ready or not. */
  runs(color: Color): boolean {
    return hasPods(this.stack, color);
  }

  /** Colors that requests are led to. */
  get served(): Color[] {
    const { stack } = this;
    return stack && !stack.suspended ? colors.filter((color) => stack.weights[color] > 0) : [];
  }
}

function hasPods(layout: Layout | null, color: Color): boolean {
  const slot = layout?.slots[color];
  return Boolean(slot) && slot!.scale !== "none" && layout!.suspended !== "stopped";
}

/** What makes pods other ones. */
function contentOf(slot: Slot | null | undefined): unknown {
  return slot ? [slot.release, slot.revision, slot.restarts] : null;
}
