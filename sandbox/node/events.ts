import { randomBytes } from "node:crypto";
import type { KubeClient } from "../kubernetes/client.ts";
import { unless } from "../kubernetes/failure.ts";
import { Outbox } from "../kubernetes/outbox.ts";
import type { Pod } from "../kubernetes/pods.ts";

export type RecordEvent = (pod: Pod, type: "Normal" | "Warning", reason: string, message: string) => void;

interface Recorded {
  body: { metadata: { name: string; namespace: string }; count: number; lastTimestamp: string };
  created: boolean;
}

/** Kept for counting on; the API server forgets its own after an hour. */
const keptPerPod = 20;

/** Tells the API what happens to pods. The same thing happening again raises the count of the event that says so. */
export class Events {
  readonly #client: KubeClient;
  readonly #nodeName: string;
  readonly #byPod = new Map<string, Map<string, Recorded>>();
  readonly #outbox: Outbox;

  /** @param ahead how many statuses wait to be written: those go first */
  constructor(client: KubeClient, nodeName: string, ahead: () => number) {
    this.#client = client;
    this.#nodeName = nodeName;
    // A thousand pods that start have thousands of events, and nobody waits for them.
    this.#outbox = new Outbox({ concurrency: 2, gatherMs: 250, ahead, write: (key) => this.#write(key) });
  }

  record: RecordEvent = (pod, type, reason, message) => {
    const uid = pod.metadata.uid ?? "";
    const events = this.#byPod.get(uid) ?? new Map<string, Recorded>();
    this.#byPod.set(uid, events);
    const what = `${reason} ${message}`;
    const lastTimestamp = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const known = events.get(what);
    if (known !== undefined) Object.assign(known.body, { count: known.body.count + 1, lastTimestamp });
    else if (events.size < keptPerPod)
      events.set(what, { created: false, body: this.#body(pod, type, reason, message, lastTimestamp) });
    this.#outbox.mark(`${uid} ${what}`);
  };

  forget(pod: Pod): void {
    const uid = pod.metadata.uid ?? "";
    for (const what of this.#byPod.get(uid)?.keys() ?? []) this.#outbox.forget(`${uid} ${what}`);
    this.#byPod.delete(uid);
  }

  stop(): void {
    this.#outbox.stop();
  }

  async #write(key: string): Promise<void> {
    const space = key.indexOf(" ");
    const event = this.#byPod.get(key.slice(0, space))?.get(key.slice(space + 1));
    if (event === undefined) return;
    const { name, namespace } = event.body.metadata;
    const path = `/api/v1/namespaces/${namespace}/events`;
    const { count, lastTimestamp } = event.body;
    if (event.created) {
      const done = await unless([404], this.#client.patch(`${path}/${name}`, { count, lastTimestamp }));
      if (done !== undefined) return;
    }
    // 403 and 404: the namespace is going or gone, and with it what there was to tell.
    await unless([403, 404, 409], this.#client.create(path, event.body));
    event.created = true;
  }

  #body(pod: Pod, type: string, reason: string, message: string, at: string) {
    const { name, uid, namespace = "default", resourceVersion } = pod.metadata;
    return {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.${randomBytes(8).toString("hex")}`, namespace },
      involvedObject: { apiVersion: "v1", kind: "Pod", name, namespace, uid, resourceVersion },
      type,
      reason,
      message,
      source: { component: "kubelet", host: this.#nodeName },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    };
  }
}
