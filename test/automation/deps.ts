import type { Deps } from "../../automation/commands/deps.ts";
import { sampleTraffic } from "../../automation/probes/sampling.ts";
import { defaultPolicy } from "../../model/policy.ts";

/** What commands need, over these books: a cluster without anything in it, previews of nothing. */
export function depsOn({ ledger, queue }: Pick<Deps, "ledger" | "queue">, environments: string[]): Deps {
  return {
    ledger,
    queue,
    environments,
    target: "sandbox",
    domain: "localhost",
    urlOf: (environment, tenant) => `http://${tenant}.${environment}.localhost:4080/`,
    policy: defaultPolicy("demo"),
    preview: async () => ({ creates: 0, updates: 0, replaces: 0, deletes: 0, steps: [] }),
    holdsData: false,
    affinity: false,
    room: null,
    backups: null,
    dataThere: null,
    certificates: null,
    posting: { reach: { loopback: true, private: false } },
    publicUrl: () => "https://teal.example.com",
    found: {
      drift: async () => ({ items: [], additions: [] }),
      last: async () => null,
      data: async () => null,
      outside: async () => null,
      split: async () => null,
    },
    inside: {
      pods: async () => ({ pods: [], more: false, events: [] }),
      logs: async () => ({ logs: [], more: false }),
      stack: async () => null,
      traffic: sampleTraffic(undefined, { warn: () => undefined }).series,
    },
    health: async () => [{ name: "cluster", ok: true }],
    listensToAlertmanager: false,
    about: {
      version: "0.0.0-test",
      engine: "embedded",
      backendUrl: "file:///state",
      deploymentTable: undefined,
      gateway: async () => undefined,
    },
  };
}
