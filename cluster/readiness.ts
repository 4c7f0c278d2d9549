import { request } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import { KubeConfig } from "@kubernetes/client-node";
import { TealError } from "../model/errors.ts";

/** The API server, which takes longest, takes 4 s on two idle cores, and several times that on busy ones. */
const readyWithinMs = 60_000;

/**
 * Waits until a component of the control plane answers its health check with `ok`.
 *
 * @param url of the health check
 * @param kubeconfig whose authority and user to ask with
 * @param check called between attempts; throws when waiting on makes no sense
 * @throws TealError `cluster_not_ready`, with the last answer
 */
export async function waitUntilReady(url: string, kubeconfig: string, check: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  for (;;) {
    const answer = await answerOf(url, config).catch((cause: Error) => cause.message);
    if (answer === "ok") return;
    if (performance.now() > deadline) {
      throw new TealError(
        "cluster_not_ready",
        `${url} should answer "ok" within ${readyWithinMs / 1000} s, but says: ${answer}`,
      );
    }
    await check();
    await delay(100);
  }
}

async function answerOf(url: string, config: KubeConfig): Promise<string> {
  const options = { timeout: 5_000 };
  await config.applyToHTTPSOptions(options);
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => (body += part));
      response.on("end", () => resolve(body)).on("error", reject);
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer within 5 s"))).on("error", reject);
    sent.end();
  });
}
