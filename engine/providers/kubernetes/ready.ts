/** Waiting until an object does what it is there for. */
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../../values/property.ts";
import type { OperationContext } from "../provider.ts";
import { getObject, placeOf } from "./api.ts";
import { annotation, apiVersionOf, kindOf, nameOf } from "./object.ts";
import type { Kube } from "./kube.ts";
import { conditionsOf } from "./waitFor.ts";
import { readiness, type Readiness } from "./readiness.ts";
import { timeoutOf } from "./timeout.ts";

export interface ReadyFailure {
  readonly message: string;
  readonly reasons: readonly string[];
}

const firstPause = 50;
const longestPause = 1_000;

/** The readiness of an object of a kind that has such a thing; undefined for all others. */
export async function readinessOf(
  kube: Kube,
  live: JsonObject,
  context: OperationContext,
): Promise<Readiness | undefined> {
  return readiness[`${apiVersionOf(live)}/${kindOf(live)}`]?.(live, { kube, context });
}

/**
 * Waits until the object is ready, by its kind's own rule or by what its annotations say. Gives it as it was seen last,
 * and why it is not ready where it did not become so in time.
 */
export async function awaitReady(
  kube: Kube,
  inputs: JsonObject,
  made: JsonObject,
  context: OperationContext,
): Promise<{ live: JsonObject; failure: ReadyFailure | undefined }> {
  if (annotation(inputs, "pulumi.com/skipAwait") === "true") return { live: made, failure: undefined };
  const conditions = conditionsOf(annotation(made, "pulumi.com/waitFor"));
  const check = conditions ?? ((live: JsonObject) => readinessOf(kube, live, context));
  const until = Date.now() + timeoutOf(inputs, context);
  let live = made;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.5, longestPause)) {
    const state = await check(live);
    if (!state || state.ready) return { live, failure: undefined };
    if (state.failed) return { live, failure: { message: state.reason, reasons: [] } };
    if (context.signal.aborted) return { live, failure: { message: "operation canceled", reasons: [state.reason] } };
    if (Date.now() + pause > until)
      return {
        live,
        failure: {
          message: `timed out waiting for ${kindOf(live)} ${JSON.stringify(nameOf(live))} to become ready`,
          reasons: [state.reason],
        },
      };
    context.log("info", state.reason, { ephemeral: true });
    await sleep(pause);
    live = await getObject(kube, (await placeOf(kube, made)).item(nameOf(made)), context);
  }
}
