import assert from "node:assert/strict";
import { slotOf } from "../../test/tenant/specs.ts";
import type { Ask, Asked } from "../support/identity.ts";
import { pod, service } from "./objects.ts";
import type { Scene } from "./scene.ts";

/** Something that the same rights and policies let pass. */
export interface Allowed {
  what: string;
  by: string;
  does: (scene: Scene) => Promise<void>;
}

async function well(ask: Ask, asked: Asked): Promise<void> {
  const { code, message } = await ask(asked);
  assert.ok(code >= 200 && code < 300, `${asked.method} ${asked.path}: ${code} ${message}`);
}

const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "notes" }, data: { seen: "yes" } };
const restarted = { spec: { template: { metadata: { annotations: { "example.com/restarted": "now" } } } } };

export const allowed: readonly Allowed[] = [
  {
    what: "read its own settings",
    by: "the tenant's service account",
    does: ({ people, place }) =>
      well(people.account, { method: "GET", path: `/api/v1/namespaces/${place.own}/configmaps/blue-config` }),
  },
  {
    what: "keep a ConfigMap of one's own",
    by: "`admin` in the namespace",
    does: ({ people, place }) =>
      well(people.admin, { method: "POST", path: `/api/v1/namespaces/${place.own}/configmaps`, body: settings }),
  },
  {
    what: "run a pod of a listed image, within quota and limits",
    by: "`admin` in the namespace",
    does: ({ people, place }) =>
      well(people.admin, { method: "POST", path: `/api/v1/namespaces/${place.own}/pods`, body: pod({}) }),
  },
  {
    what: "have a Service that the cluster alone reaches",
    by: "`admin` in the namespace",
    does: ({ people, place }) =>
      well(people.admin, { method: "POST", path: `/api/v1/namespaces/${place.own}/services`, body: service({}) }),
  },
  {
    what: "restart the application",
    by: "`admin` in the namespace",
    does: ({ people, place }) => {
      const path = `/apis/apps/v1/namespaces/${place.own}/deployments/blue-web`;
      return well(people.admin, { method: "PATCH", path, body: restarted });
    },
  },
  {
    what: "move a tenant's traffic by hand",
    by: "the cluster's administrator",
    does: ({ administrator, place }) => {
      const path = `/apis/gateway.networking.k8s.io/v1/namespaces/${place.other}/httproutes/app`;
      return well(administrator, { method: "PATCH", path, body: { metadata: { annotations: { by: "hand" } } } });
    },
  },
  {
    what: "change a tenant's tier, and with it quota and limits; fill both slots",
    by: "Teal",
    does: async ({ stacks, spec }) => {
      await stacks.up({ ...spec, tier: "medium", green: slotOf({ release: "2.0.0", image: "teal/app:2.0.0" }) });
    },
  },
  {
    what: "move a tenant's traffic",
    by: "Teal",
    does: async ({ stacks, spec }) => {
      const green = slotOf({ release: "2.0.0", image: "teal/app:2.0.0" });
      await stacks.up({ ...spec, tier: "medium", green, weights: { blue: 0, green: 100 } }, { routeOnly: true });
    },
  },
  {
    what: "remove a tenant",
    by: "Teal",
    does: async ({ stacks, spec }) => void (await stacks.destroy(spec)),
  },
];
