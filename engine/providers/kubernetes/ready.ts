/** Waiting until an object does what it is there for. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { getObject, placeOf } from "./api.ts";
import { annotation, nameOf } from "./object.ts";
import type { Kube } from "./kube.ts";
import { type Around, type Readiness, type Rule } from "./readiness/look.ts";
import { ruleFor } from "./readiness/rules.ts";
import { timeoutOf } from "./timeout.ts";
import { waitForRule } from "./waitFor.ts";

const firstPause = 50;
const longestPause = 1_000;

const skips = (inputs: JsonObject) => annotation(inputs, "pulumi.com/skipAwait") === "true";

/** Throws where the annotations ask for something that can't be waited for: before anything is made. */
export function validateWaiting(object: JsonObject): void {
  if (!skips(object)) waitForRule(object);
}

export interface Waited {
  /** As it was seen last. */
  readonly live: JsonObject;
  /** Why it is not ready, the main reason first; undefined when it is. */
  readonly reasons: readonly string[] | undefined;
}

/** Waits until the object is ready, by its kind's own rule or by what its annotations say. */
export async function awaitReady(
  kube: Kube,
  inputs: JsonObject,
  made: JsonObject,
  before: JsonObject | undefined,
  context: OperationContext,
): Promise<Waited> {
  const rule = skips(inputs) ? undefined : (waitForRule(made) ?? ruleFor(made));
  if (!rule) return { live: made, reasons: undefined };
  const around = { kube, context, before, steadyFor: watch() };
  const until = Date.now() + (rule.limit === undefined ? timeoutOf(inputs, context) : rule.limit * 1000);
  let live = made;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const seen = await rule.look(live, around);
    if (seen.ready) return { live, reasons: undefined };
    const main = over(rule, seen, nameOf(made), Date.now() + pause > until, context.signal);
    if (main !== undefined && !seen.failed && seen.tolerable) return { live, reasons: undefined };
    if (main !== undefined) return { live, reasons: [main, ...((await seen.reasons?.()) ?? [])] };
    context.log("info", seen.status, { ephemeral: true });
    await sleep(pause);
    live = await getObject(kube, (await placeOf(kube, made)).item(nameOf(made)), context);
  }
}

/** Why waiting is over although the object is not ready; undefined while it is not. */
function over(rule: Rule, seen: Readiness, name: string, isLate: boolean, signal: AbortSignal): string | undefined {
  if (!seen.ready && seen.failed) return notInitialized(name);
  if (signal.aborted) return `Resource operation was cancelled for ${JSON.stringify(name)}`;
  return isLate ? rule.late(name) : undefined;
}

const notInitialized = (name: string) => `Resource '${name}' was created but failed to initialize`;

/** Why an object that is there is not ready, the main reason first; undefined when it is, or nobody asks. */
export async function whyUnready(
  kube: Kube,
  inputs: JsonObject,
  live: JsonObject,
  context: OperationContext,
): Promise<readonly string[] | undefined> {
  const rule = ruleFor(live);
  if (!rule?.onRead || skips(inputs)) return undefined;
  const around: Around = { kube, context, before: undefined, steadyFor: () => Infinity };
  const seen = await rule.look(live, around);
  return seen.ready ? undefined : [notInitialized(nameOf(live)), ...((await seen.reasons?.()) ?? [])];
}

/** Tells how long a value has been what it is, in seconds. */
function watch(): (value: string) => number {
  let last: string | undefined;
  let since = 0;
  return (value) => {
    if (value !== last) [last, since] = [value, Date.now()];
    return (Date.now() - since) / 1000;
  };
}
