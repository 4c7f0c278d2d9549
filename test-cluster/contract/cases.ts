import { alike } from "./alike.ts";
import { configMap, deployment, httpRoute, tenantObjects } from "./objects.ts";
import type { CallOptions, Server } from "./server.ts";

/** Something that Teal relies on: what is done to a namespace of its own, and what was seen of it. */
export interface Case {
  name: string;
  run(server: Server, namespace: string): Promise<unknown>;
}

export const maps = (namespace: string, rest = "") => `/api/v1/namespaces/${namespace}/configmaps${rest}`;
export const deployments = (namespace: string, rest = "") => `/apis/apps/v1/namespaces/${namespace}/deployments${rest}`;
export const routes = (namespace: string, rest = "") =>
  `/apis/gateway.networking.k8s.io/v1/namespaces/${namespace}/httproutes${rest}`;
const apply = (body: object): CallOptions => ({ body, type: "apply" });
export const mine = "fieldManager=teal";
const metadataOf = (body: unknown) => (body as { metadata: Record<string, unknown> }).metadata;

/** Calls one after the other, each seen as far as servers must agree. */
export async function story(server: Server, calls: [string, string, CallOptions?][]): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const [method, path, options] of calls) seen.push(alike(await server.call(method, path, options)));
  return seen;
}

export const cases: Case[] = [
  {
    name: "what isn't there is not found",
    run: (server, n) =>
      story(server, [
        ["GET", maps(n, "/none")],
        ["DELETE", maps(n, "/none")],
        ["PATCH", maps(n, "/none"), { body: {}, type: "merge" }],
        ["GET", routes(n, "/none")],
        ["GET", `/api/v1/namespaces/${n}-none`],
        ["POST", maps(`${n}-none`), { body: configMap("a") }],
        ["GET", `/api/v1/namespaces/${n}/nonesuch`],
      ]),
  },
  {
    name: "create, create again, read, replace with a stale version, delete",
    run: async (server, n) => {
      const created = await server.call("POST", maps(n), { body: configMap("a", { x: "1" }) });
      const stale = { ...configMap("a", { x: "2" }), metadata: { name: "a", resourceVersion: "1" } };
      return [
        alike(created),
        ...(await story(server, [
          ["POST", maps(n), { body: configMap("a") }],
          ["GET", maps(n, "/a")],
          ["PUT", maps(n, "/a"), { body: stale }],
          ["PUT", maps(n, "/a"), { body: configMap("a", { x: "3" }) }],
          ["DELETE", maps(n, "/a")],
        ])),
      ];
    },
  },
  {
    name: "what can't be an object is refused, with causes",
    run: (server, n) =>
      story(server, [
        ["POST", maps(n), { body: configMap("Not A Name") }],
        ["POST", maps(n), { body: { apiVersion: "v1", kind: "ConfigMap", metadata: {} } }],
        ["POST", maps(n), { body: { apiVersion: "v1", kind: "Secret", metadata: { name: "a" } } }],
        ["POST", maps(n), { body: { ...configMap("a"), metadata: { name: "a", namespace: "other" } } }],
        ["POST", maps(n), { body: configMap("a"), type: "unknown" }],
      ]),
  },
  {
    name: "server-side apply makes, leaves alone, changes and drops fields",
    run: async (server, n) => {
      const path = maps(n, `/a?${mine}`);
      const first = await server.call("PATCH", path, apply(configMap("a", { x: "1", y: "2" })));
      const again = await server.call("PATCH", path, apply(configMap("a", { x: "1", y: "2" })));
      const version = (answer: { body: unknown }) => metadataOf(answer.body)["resourceVersion"];
      return [
        alike(first),
        alike(again),
        { unchanged: version(first) === version(again) },
        ...(await story(server, [
          ["PATCH", path, apply(configMap("a", { x: "3" }))],
          ["PATCH", maps(n, "/a"), apply(configMap("a", { x: "3" }))],
          ["PATCH", path, apply({ ...configMap("b") })],
        ])),
      ];
    },
  },
  {
    name: "server-side apply of another's field is a conflict, unless forced",
    run: (server, n) =>
      story(server, [
        ["PATCH", maps(n, `/a?${mine}`), apply(configMap("a", { x: "1", y: "1" }))],
        ["PATCH", maps(n, "/a?fieldManager=other"), apply(configMap("a", { x: "2" }))],
        ["PATCH", maps(n, "/a?fieldManager=other&force=true"), apply(configMap("a", { x: "2" }))],
        ["PATCH", maps(n, `/a?${mine}`), apply(configMap("a", { y: "1" }))],
        ["PATCH", maps(n, "/a?fieldManager=hand"), { body: { data: { y: "5" } }, type: "merge" }],
        ["PATCH", maps(n, `/a?${mine}`), apply(configMap("a", { y: "1" }))],
      ]),
  },
  {
    name: "a dry run answers as if it were done, and does nothing",
    run: (server, n) =>
      story(server, [
        ["PATCH", maps(n, `/a?${mine}&dryRun=All`), apply(configMap("a", { x: "1" }))],
        ["GET", maps(n, "/a")],
        ["POST", maps(n), { body: configMap("b", { x: "1" }) }],
        ["PATCH", maps(n, "/b?dryRun=All&fieldManager=hand"), { body: { data: { x: "2" } }, type: "merge" }],
        ["GET", maps(n, "/b")],
        ["DELETE", maps(n, "/b?dryRun=All")],
        ["GET", maps(n, "/b")],
      ]),
  },
  {
    name: "merge, strategic and JSON patches",
    run: (server, n) => {
      const by = "?fieldManager=hand";
      const containers = [{ name: "web", env: [{ name: "A", value: "2" }] }];
      return story(server, [
        ["POST", deployments(n, by), { body: deployment("a") }],
        [
          "PATCH",
          deployments(n, `/a${by}`),
          { body: { spec: { template: { spec: { containers } } } }, type: "strategic" },
        ],
        ["PATCH", deployments(n, `/a${by}`), { body: { metadata: { labels: { a: "b" } } }, type: "merge" }],
        ["PATCH", deployments(n, `/a${by}`), { body: { metadata: { labels: null } }, type: "merge" }],
        [
          "PATCH",
          deployments(n, `/a${by}`),
          { body: [{ op: "replace", path: "/spec/replicas", value: 0 }], type: "json-patch" },
        ],
        [
          "PATCH",
          deployments(n, `/a${by}`),
          { body: [{ op: "test", path: "/spec/replicas", value: 7 }], type: "json-patch" },
        ],
        ["PATCH", deployments(n, `/a${by}`), { text: "{", type: "merge" }],
      ]).then((seen) => seen.map(withoutStatusFields));
    },
  },
  {
    name: "every kind that a tenant has, with its defaults",
    run: async (server, n) => {
      const seen: unknown[] = [];
      for (const { path, object } of tenantObjects(n)) {
        const answer = await server.call("PATCH", `${path}?${mine}&force=true`, apply(object));
        seen.push(withoutStatusFields(alike(answer)));
      }
      return seen;
    },
  },
  {
    name: "a route gets its defaults, a status apart from its spec, and no wrong weight",
    run: (server, n) =>
      story(server, [
        ["PATCH", routes(n, `/app?${mine}`), apply(httpRoute("app", 100))],
        ["PATCH", routes(n, `/app?${mine}`), apply(httpRoute("app", 90))],
        [
          "PATCH",
          routes(n, "/app/status?fieldManager=gateway"),
          { body: { status: { parents: [] }, spec: { hostnames: ["x.y"] } }, type: "merge" },
        ],
        ["PATCH", routes(n, `/app?${mine}`), apply(httpRoute("app", -1))],
      ]),
  },
  {
    name: "lists by labels and fields, in pages",
    run: async (server, n) => {
      for (const name of ["a", "b", "c"])
        await server.call("POST", maps(n), {
          body: { ...configMap(name), metadata: { name, labels: { one: name, all: "yes" } } },
        });
      const names = async (query: string) => {
        const { status, body } = await server.call("GET", maps(n, query));
        const {
          items = [],
          metadata,
          reason,
        } = body as {
          items?: { metadata: { name: string } }[];
          metadata: object;
          reason?: string;
        };
        const found = items.map((item) => item.metadata.name).filter((name) => name !== "kube-root-ca.crt");
        return { query, status, found, metadata: alike(metadata), reason };
      };
      const seen = [];
      for (const query of [
        "?labelSelector=all%3Dyes",
        "?labelSelector=one+in+(a,b)",
        "?labelSelector=all,one!%3Da",
        "?fieldSelector=metadata.name%3Db",
        "?fieldSelector=data.x%3Db",
        "?labelSelector=%3D%3D",
        "?labelSelector=all%3Dyes&limit=2",
      ])
        seen.push(await names(query));
      return seen;
    },
  },
  {
    name: "a watch tells what came after a list, in order",
    run: async (server, n) => {
      await server.call("POST", maps(n), { body: configMap("a", { x: "1" }) });
      const list = await server.call("GET", maps(n));
      const from = String(metadataOf(list.body)["resourceVersion"]);
      const query = `?watch=true&resourceVersion=${from}&fieldSelector=metadata.name%3Da&timeoutSeconds=10`;
      const watching = server.watch(maps(n, query), 2);
      await server.call("PATCH", maps(n, "/a?fieldManager=hand"), { body: { data: { x: "2" } }, type: "merge" });
      await server.call("DELETE", maps(n, "/a"));
      return [alike(await watching)];
    },
  },
  {
    name: "deletion: preconditions, finalizers, what stays until they are gone",
    run: async (server, n) => {
      const held = { ...configMap("a"), metadata: { name: "a", finalizers: ["teal.dev/hold"] } };
      const uid = "00000000-0000-0000-0000-000000000000";
      const made = await server.call("POST", maps(n), { body: held });
      const precondition = await server.call("DELETE", maps(n, "/a"), { body: { preconditions: { uid } } });
      return [
        alike(made),
        // Its words and the kind that they name are not the same for every way of storing.
        { status: precondition.status, reason: (precondition.body as { reason?: string }).reason },
        ...(await story(server, [
          ["DELETE", maps(n, "/a")],
          ["DELETE", maps(n, "/a")],
          ["PATCH", maps(n, "/a?fieldManager=hand"), { body: { metadata: { finalizers: null } }, type: "merge" }],
          ["GET", maps(n, "/a")],
        ])),
      ];
    },
  },
  {
    name: "a namespace that is leaving takes nothing more, and goes when it is empty",
    run: async (server, n) => {
      const name = `${n}-leaving`;
      const held = { ...configMap("a"), metadata: { name: "a", finalizers: ["teal.dev/hold"] } };
      const seen = await story(server, [
        [
          "POST",
          "/api/v1/namespaces?fieldManager=hand",
          { body: { apiVersion: "v1", kind: "Namespace", metadata: { name } } },
        ],
        ["POST", maps(name), { body: held }],
        ["DELETE", `/api/v1/namespaces/${name}`],
        ["POST", maps(name), { body: configMap("b") }],
        ["PATCH", maps(name, `/c?${mine}`), apply(configMap("c"))],
      ]);
      await server.call("PATCH", maps(name, "/a"), { body: { metadata: { finalizers: null } }, type: "merge" });
      let status = 200;
      for (let tries = 0; tries < 200 && status !== 404; tries++) {
        ({ status } = await server.call("GET", `/api/v1/namespaces/${name}`));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return JSON.parse(JSON.stringify([...seen, status]).replaceAll(n, "N")) as unknown;
    },
  },
];

/** What controllers write, each in its own time. */
export function withoutStatusFields(seen: unknown): unknown {
  const { body, ...rest } = seen as { body: Record<string, unknown> };
  if (body["kind"] === "Status") return seen;
  const { status: _, ...object } = body;
  const metadata = object["metadata"] as {
    annotations?: object;
    managedFields?: { subresource?: string; manager?: string }[];
  };
  const managedFields = metadata.managedFields?.filter(({ manager }) => manager === "hand" || manager === "teal");
  const { annotations: _a, ...others } = metadata;
  return { ...rest, body: { ...object, metadata: { ...others, managedFields } } };
}
