import { readPlan } from "./plan.ts";

const real = Date;
/** How often it is looked whether the clock was set, milliseconds. */
const everyMs = 50;
let shiftMs = 0;

/**
 * Has this thread's `Date` go by the plan's clock. What it shows is a Teal whose wall clock jumps; PostgreSQL, the cluster
 * and timers, which count by the kernel's monotonic clock, go on as they are.
 */
export function shiftClock(): void {
  const read = () => (shiftMs = (readPlan().clockSeconds ?? 0) * 1000);
  read();
  setInterval(read, everyMs).unref();
  const now = () => real.now() + shiftMs;
  globalThis.Date = new Proxy(real, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
    get: (target, name) => (name === "now" ? now : (Reflect.get(target, name) as unknown)),
  });
}
