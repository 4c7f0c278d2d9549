import { alike } from "./alike.ts";
import { type Case, deployments, maps, mine, routes, story, withoutStatusFields } from "./cases.ts";
import { configMap, deployment, httpRoute } from "./objects.ts";

/** What hands do at night, with kubectl: docs/when-teal-is-down.md. */
export const handCases: Case[] = [
  {
    name: "scale: read, patched, and what comes of it",
    run: async (server, n) => {
      await server.call("POST", deployments(n), { body: deployment("a") });
      const seen = await story(server, [
        ["GET", deployments(n, "/a/scale")],
        // None is running, and none is to: with pods there would be statuses, each in its own time.
        ["PATCH", deployments(n, "/a/scale?fieldManager=hand"), { body: { spec: { replicas: 0 } }, type: "merge" }],
        ["PATCH", deployments(n, "/a/scale?fieldManager=hand"), { body: { spec: { replicas: -1 } }, type: "merge" }],
        ["GET", deployments(n, "/none/scale")],
        ["GET", maps(n, "/none/scale")],
      ]);
      return seen.map(withoutScaleStatus);
    },
  },
  {
    name: "a JSON patch of weights, and one whose test fails",
    run: async (server, n) => {
      await server.call("PATCH", routes(n, `/app?${mine}`), { body: httpRoute("app", 100), type: "apply" });
      const weigh = (test: string) => [
        { op: "test", path: "/spec/rules/1/backendRefs/0/name", value: test },
        { op: "replace", path: "/spec/rules/1/backendRefs/0/weight", value: 0 },
        { op: "replace", path: "/spec/rules/1/backendRefs/1/weight", value: 100 },
      ];
      const by = "/app?fieldManager=hand";
      return story(server, [
        ["PATCH", routes(n, by), { body: weigh("green"), type: "json-patch" }],
        ["GET", routes(n, "/app")],
        ["PATCH", routes(n, by), { body: weigh("blue"), type: "json-patch" }],
        ["PATCH", routes(n, by), { body: [{ op: "replace", path: "/spec/nonesuch/0", value: 1 }], type: "json-patch" }],
        ["PATCH", routes(n, by), { body: [{ op: "remove", path: "/spec/rules/7" }], type: "json-patch" }],
        ["PATCH", routes(n, `/app?${mine}`), { body: httpRoute("app", 100), type: "apply" }],
        ["PATCH", routes(n, `/app?${mine}&force=true`), { body: httpRoute("app", 100), type: "apply" }],
      ]);
    },
  },
  {
    name: "a second page of a list, and one that nobody was promised",
    run: async (server, n) => {
      const labels = { all: "yes" };
      for (const name of ["a", "b", "c"]) {
        await server.call("POST", maps(n), { body: { ...configMap(name), metadata: { name, labels } } });
      }
      const page = async (query: string) => {
        const { status, body } = await server.call("GET", maps(n, `?labelSelector=all&limit=2${query}`));
        const { items = [], metadata = {}, reason } = body as Page;
        return { status, reason, names: items.map((item) => item.metadata.name), metadata };
      };
      const first = await page("");
      const second = await page(`&continue=${encodeURIComponent(first.metadata.continue ?? "")}`);
      const none = await page("&continue=nonesuch");
      return [first, second, none].map((seen) => alike({ ...seen, metadata: { more: "continue" in seen.metadata } }));
    },
  },
  {
    name: "what can't be changed once it is there",
    run: async (server, n) => {
      const fixed = { ...configMap("a"), immutable: true };
      await server.call("POST", maps(n), { body: fixed });
      await server.call("POST", deployments(n), { body: deployment("a") });
      const selector = { matchLabels: { other: "label" } };
      return story(server, [
        ["PATCH", maps(n, "/a?fieldManager=hand"), { body: { data: { a: "b" } }, type: "merge" }],
        ["PATCH", deployments(n, "/a?fieldManager=hand"), { body: { spec: { selector } }, type: "merge" }],
        ["PATCH", maps(n, "/a?fieldManager=hand"), { body: { metadata: { name: "b" } }, type: "merge" }],
        ["PATCH", maps(n, "/a?fieldManager=hand"), { body: { metadata: { resourceVersion: "1" } }, type: "merge" }],
        [
          "PATCH",
          maps(n, `/c?${mine}`),
          { body: { ...configMap("c"), metadata: { name: "c", resourceVersion: "1" } }, type: "apply" },
        ],
      ]);
    },
  },
  {
    name: "what no object may look like",
    run: (server, n) => {
      const secrets = `/api/v1/namespaces/${n}/secrets`;
      const services = `/api/v1/namespaces/${n}/services`;
      const secret = (more: object) => ({
        body: { apiVersion: "v1", kind: "Secret", metadata: { name: "a" }, ...more },
      });
      const service = (ports: object[]) => ({
        body: { apiVersion: "v1", kind: "Service", metadata: { name: "a" }, spec: { ports } },
      });
      const labels = { "not a key!": "not a value!" };
      return story(server, [
        ["POST", secrets, secret({ data: { key: "not base64!" } })],
        ["POST", secrets, secret({ data: { "not a key!": "" } })],
        ["POST", maps(n), { body: { ...configMap("a"), metadata: { name: "a", labels } } }],
        ["POST", services, service([{ port: 80 }, { port: 81 }])],
        ["POST", services, service([{ port: 70_000 }])],
        ["POST", services, service([])],
        ["POST", routes(n), { body: { ...httpRoute("a", 100), spec: { hostnames: ["Not A Host"] } } }],
      ]);
    },
  },
];

interface Page {
  items?: { metadata: { name: string } }[];
  metadata?: { continue?: string };
  reason?: string;
}

function withoutScaleStatus(seen: unknown): unknown {
  return (seen as { body: { kind: string } }).body.kind === "Status" ? seen : withoutStatusFields(seen);
}
