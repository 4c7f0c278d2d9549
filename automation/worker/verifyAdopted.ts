import { isDeepStrictEqual } from "node:util";
import type { Adopts } from "../../model/adopted.ts";
import { check } from "../../model/check.ts";
import type { Operation, Outcome } from "../../model/operation.ts";
import { namespaceOf } from "../../tenant/plan/names.ts";
import { giveBack } from "../adopting/giveBack.ts";
import { takeHostnames } from "../adopting/take.ts";
import { send } from "../probes/checks.ts";
import type { Effects, Tenure } from "./effects.ts";
import type { Seen } from "./seen.ts";

/** Answers of one kind after all tries are believed. */
const tries = 5;

/**
 * One look at a tenant whose live copy is adopted: it has no pods and no checks of Teal's, so that its route has to be in force.
 * An adoption then takes the host names, and sees that they are answered as before; if not, it gives them back.
 */
export async function verifyAdopted(effects: Effects, operation: Operation, tenure: Tenure): Promise<Seen> {
  const { environment, tenant, memory } = operation;
  if (memory.turned) return await turnBack(effects, operation, tenure, memory.turned);
  const { inForce, why } = await effects.routes.inForce(namespaceOf({ environment, id: tenant }));
  if (!inForce) return { pending: `Not yet: ${why}`, retrySeconds: 0.1, overdue: unrouted(why) };
  const adopts = operation.move!.adopts;
  if (!adopts) return { event: "verified", message: "The route is in force, and leads to what is adopted." };
  const { takes } = adopts;
  if (takes.length === 0) return { event: "verified", message: untaken(adopts) };
  if (!memory.answered) {
    const answered = await answersOf(effects, takes);
    const pending = `The route is in force. Taking the host names ${takes.join(", ")}`;
    return { pending, retrySeconds: 0.01, overdue: unrouted(pending), memory: { ...memory, answered } };
  }
  await takeHostnames(effects, operation.id, adopts, tenure);
  const bad = await otherAnswers(effects, memory.answered);
  if (bad === undefined) return { event: "verified", message: taken(adopts), data: { taken: takes } };
  const outcome = notServed(bad);
  return { pending: outcome.message, retrySeconds: 0.01, overdue: outcome, memory: { ...memory, turned: outcome } };
}

async function turnBack(effects: Effects, operation: Operation, tenure: Tenure, outcome: Outcome): Promise<Seen> {
  const waits = await giveBack(effects, operation, tenure);
  return waits ?? { event: "failed", message: outcome.message, outcome };
}

/** Classes of what the gateway answers for each host name (2 to 5); 0: nothing. */
async function answersOf(effects: Effects, hostnames: readonly string[]): Promise<Record<string, number>> {
  const request = check.parse({ path: "/" });
  const { gateway, routes } = effects;
  const answers = hostnames.map(async (host) => {
    const target = { gateway, routing: routes.routing, host, preview: null };
    // By HTTPS a name without a certificate is answered by nobody, before and after.
    const answer = await send(target, request).catch(() => null);
    return [host, answer === null ? 0 : answer.status === 404 ? 404 : Math.floor(answer.status / 100)] as const;
  });
  return Object.fromEntries(await Promise.all(answers));
}

/** What is answered otherwise than before, however often one looks; undefined: nothing. */
async function otherAnswers(effects: Effects, before: Record<string, number>): Promise<string | undefined> {
  let now: Record<string, number> = {};
  for (let i = 0; i < tries; i++) {
    now = await answersOf(effects, Object.keys(before));
    if (isDeepStrictEqual(now, before)) return undefined;
  }
  const others = Object.entries(now).filter(([host, answer]) => answer !== before[host]);
  return others.map(([host, answer]) => `${host} (${text(answer)}, not ${text(before[host]!)})`).join(", ");
}

function text(answer: number): string {
  if (answer === 0) return "no answer";
  return answer === 404 ? "404" : `${answer}xx`;
}

function taken({ namespace, service, takes }: Adopts): string {
  return `Service ${namespace}/${service} is the live slot, and ${takes.join(", ")} are served by Teal's route: taken from the routes in ${namespace}. Whatever else is there stays until somebody removes it.`;
}

function untaken({ namespace, service }: Adopts): string {
  return `Service ${namespace}/${service} is the live slot. The routes in ${namespace} keep their host names until somebody removes them.`;
}

function unrouted(why: string): Outcome {
  return {
    code: "adopted_not_routed",
    cause: "platform",
    message: `The tenant's route does not lead to what is adopted: ${why}. Its host names were not taken.`,
    evidence: [],
  };
}

function notServed(what: string): Outcome {
  return {
    code: "hostnames_not_served",
    cause: "platform",
    message: `With their host names taken, these were answered otherwise than before: ${what}. They go back to the routes that had them. Offboard the tenant, and see why before it is adopted again.`,
    evidence: [],
  };
}
