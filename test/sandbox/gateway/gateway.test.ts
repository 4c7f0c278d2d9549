import assert from "node:assert/strict";
import http from "node:http";
import type { HTTPRoute } from "../../../sandbox/gateway/resources.ts";
import type { RunningGateway } from "../../../sandbox/gateway/gateway.ts";
import { TestCluster } from "../kubernetes/cluster.ts";
import { eventually } from "../kubernetes/eventually.ts";

const routes = "/apis/gateway.networking.k8s.io/v1/namespaces/acme/httproutes";
const deployments = "/apis/apps/v1/namespaces/acme/deployments";

function deployment(color: string, replicas: number): object {
  const labels = { app: color };
  const container = {
    name: "app",
    image: "teal/app:1.0.0",
    ports: [{ name: "http", containerPort: 8080 }],
    env: [{ name: "TEAL_COLOR", value: color }],
    readinessProbe: { httpGet: { path: "/healthz", port: "http" }, periodSeconds: 1 },
  };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: color },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
}

const service = (color: string): object => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: color },
  spec: { selector: { app: color }, ports: [{ port: 80, targetPort: "http" }] },
});

const rulesOf = (blue: number, green: number): object[] => [
  {
    backendRefs: [
      { name: "blue", port: 80, weight: blue },
      { name: "green", port: 80, weight: green },
    ],
  },
];

const httpRoute = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "web" },
  spec: {
    parentRefs: [{ name: "teal", namespace: "teal-system" }],
    hostnames: ["acme.localhost"],
    rules: rulesOf(100, 0),
  },
};

describe("sandbox/gateway on a cluster", () => {
  const agent = new http.Agent({ keepAlive: true });
  let cluster: TestCluster;
  let gateway: RunningGateway;

  before(async () => {
    cluster = await TestCluster.start();
    await cluster.node();
    gateway = await cluster.gateway();
    const { client } = cluster;
    await client.create("/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "acme" } });
    for (const color of ["blue", "green"]) {
      await client.create(deployments, deployment(color, 2));
      await client.create("/api/v1/namespaces/acme/services", service(color));
    }
    await client.create(routes, httpRoute);
    await eventually(async () => assert.equal((await ask()).color, "blue"));
  });
  after(async () => {
    agent.destroy();
    await cluster.stop();
  });

  function ask(): Promise<{ status: number; color?: string }> {
    return new Promise((resolve, reject) => {
      const headers = { host: "acme.localhost" };
      const request = http.get({ host: "127.0.0.1", port: gateway.port, headers, agent }, (response) => {
        let text = "";
        response.on("data", (chunk) => (text += String(chunk)));
        response.on("error", reject);
        response.on("end", () => {
          const { color } = JSON.parse(text) as { color?: string };
          resolve({ status: response.statusCode ?? 0, ...(color !== undefined && { color }) });
        });
      });
      request.on("error", reject);
    });
  }

  /** Asks without a pause until told to stop; gives how many answers there were, and what failed. */
  function traffic(): { stop: () => Promise<{ answers: number; failures: string[] }> } {
    const failures: string[] = [];
    let answers = 0;
    let stopping = false;
    const one = async (): Promise<void> => {
      while (!stopping) {
        try {
          const { status } = await ask();
          if (status !== 200) failures.push(`status ${status}`);
        } catch (error) {
          failures.push(String(error));
        }
        answers += 1;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    };
    const all = [one(), one(), one()];
    return {
      stop: async () => {
        stopping = true;
        await Promise.all(all);
        return { answers, failures };
      },
    };
  }

  /** Sets the weights and waits until the route's status says that they are in force. */
  async function flip(blue: number, green: number): Promise<HTTPRoute> {
    await cluster.client.patch(`${routes}/web`, { spec: { rules: rulesOf(blue, green) } });
    return eventually(async () => {
      const route = await cluster.client.get<HTTPRoute>(`${routes}/web`);
      const conditions = route.status?.parents?.[0]?.conditions ?? [];
      assert.ok(conditions.length === 2 && conditions.every((c) => c.status === "True"));
      assert.ok(conditions.every((c) => c.observedGeneration === route.metadata.generation));
      return route;
    });
  }

  const colors = async (count: number): Promise<Record<string, number>> => {
    const seen: Record<string, number> = {};
    for (let i = 0; i < count; i += 1) {
      const { color = "none" } = await ask();
      seen[color] = (seen[color] ?? 0) + 1;
    }
    return seen;
  };

  it("has moved the traffic when its status says so", async () => {
    for (const green of [10, 50, 100, 0]) {
      await flip(100 - green, green);
      const seen = await colors(20);
      assert.equal(seen.green ?? 0, green / 5);
    }
  });

  it("tells the Gateway's status", async () => {
    await eventually(async () => {
      const path = "/apis/gateway.networking.k8s.io/v1/namespaces/teal-system/gateways/teal";
      const { status } = await cluster.client.get<{ status?: { listeners?: { attachedRoutes: number }[] } }>(path);
      assert.equal(status?.listeners?.[0]?.attachedRoutes, 1);
    });
  });

  it("shows what is in force", async () => {
    const text = await (await fetch(`http://127.0.0.1:${gateway.adminPort}/routes`)).text();
    const [route] = JSON.parse(text) as { name: string; rules: { backends: { endpoints: string[] }[] }[] }[];
    assert.equal(route?.name, "web");
    assert.equal(route.rules[0]?.backends[0]?.endpoints.length, 2);
    assert.match(
      await (await fetch(`http://127.0.0.1:${gateway.adminPort}/metrics`)).text(),
      /service="blue",code="200"/,
    );
  });

  it("fails no request while weights move and pods come and go", async () => {
    const load = traffic();
    await flip(50, 50);
    await cluster.client.patch(`${deployments}/green`, { spec: { replicas: 4 } });
    const annotations = { restarted: "1" };
    await cluster.client.patch(`${deployments}/blue`, { spec: { template: { metadata: { annotations } } } });
    await flip(90, 10);
    await cluster.client.patch(`${deployments}/green`, { spec: { replicas: 1 } });
    await eventually(async () => {
      const { items } = await cluster.client.get<{ items: { metadata: { labels: { app: string } } }[] }>(
        "/api/v1/namespaces/acme/pods",
      );
      assert.deepEqual(items.map((one) => one.metadata.labels.app).sort(), ["blue", "blue", "green"]);
    }, 15_000);
    const { answers, failures } = await load.stop();
    assert.deepEqual(failures, []);
    assert.ok(answers > 200, `${answers} answers`);
  });

  it("keeps serving while the API server is away, and goes on when it is back", async () => {
    const load = traffic();
    await cluster.interrupt(500);
    await flip(0, 100);
    assert.deepEqual(await colors(5), { green: 5 });
    assert.deepEqual((await load.stop()).failures, []);
  });

  it("takes no notice of a flip to a color without pods before they are there", async () => {
    await flip(0, 100);
    await cluster.client.patch(`${deployments}/blue`, { spec: { replicas: 0 } });
    await eventually(async () => {
      const { items } = await cluster.client.get<{ items: object[] }>(
        "/api/v1/namespaces/acme/pods?labelSelector=app%3Dblue",
      );
      assert.equal(items.length, 0);
    });
    const load = traffic();
    const scaled = cluster.client.patch(`${deployments}/blue`, { spec: { replicas: 2 } });
    await flip(100, 0);
    await scaled;
    assert.deepEqual((await load.stop()).failures, []);
    assert.deepEqual(await colors(3), { blue: 3 });
  });

  it("answers 404 once the route is gone", async () => {
    await cluster.client.delete(`${routes}/web`);
    await eventually(async () => assert.equal((await ask()).status, 404));
    const text = await (await fetch(`http://127.0.0.1:${gateway.adminPort}/metrics`)).text();
    assert.doesNotMatch(text, /route="web"/);
  });
});
