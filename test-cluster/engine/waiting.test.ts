import assert from "node:assert/strict";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { DaemonSet } from "@pulumi/kubernetes/apps/v1/daemonSet.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Pod } from "@pulumi/kubernetes/core/v1/pod.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/ingress.js";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import { EngineGround, type Ran, type Subject } from "./ground.ts";

const seconds = (timeout: number) => ({ "pulumi.com/timeoutSeconds": String(timeout) });
const labels = { app: "x" };
/** Pods that may not be scheduled: they stay as they are for ever. */
const template = {
  metadata: { labels },
  spec: { schedulingGates: [{ name: "example.test/never" }], containers: [{ name: "a", image: "none:1" }] },
};

/** What is waited for, how long, and what is said and kept when it does not come. */
describe("waiting on a real API server", function () {
  this.timeout(240_000);
  let ground: EngineGround;
  let subject: Subject;
  let stacks = 0;

  before(async () => {
    ground = await EngineGround.make();
  });
  beforeEach(async () => {
    subject = await ground.subject(`waiting${++stacks}`);
  });
  after(() => ground.remove());

  const urn = (type: string, name: string) => `urn:pulumi:waiting${stacks}::app::kubernetes:${type}::${name}`;
  const created = (type: string, name: string, main: string) =>
    `resource "${urn(type, name)}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${main}`;
  const failedUp = async (program: (provider: Provider) => unknown): Promise<Ran> => {
    const ran = await subject.run("up", program);
    assert.equal(ran.failed, true);
    return ran;
  };

  it("for a deployment ends with the reasons, which stay in state until it is ready", async () => {
    const program = (replicas: number) => (provider: Provider) => {
      new Deployment(
        "app",
        {
          metadata: { name: "app", annotations: seconds(3) },
          spec: { replicas, selector: { matchLabels: labels }, template },
        },
        { provider },
      );
    };
    const ran = await failedUp(program(1));
    const reasons = [
      created("apps/v1:Deployment", "app", "'app' timed out waiting to be Ready"),
      "[MinimumReplicasUnavailable] Deployment does not have minimum availability.",
      "Minimum number of live Pods was not attained",
    ];
    assert.deepEqual((await subject.kept("app")).initErrors, reasons);
    assert.equal(ran.errors[0]?.trim(), `3 errors occurred:\n\t${reasons.map((reason) => `* ${reason}`).join("\n\t")}`);
    const refreshed = await subject.run("refresh");
    assert.equal(refreshed.failed, false);
    assert.equal((await subject.kept("app")).initErrors?.[0], "Resource 'app' was created but failed to initialize");
    assert.deepEqual(await subject.up(program(0)), ["update app"]);
    assert.equal((await subject.kept("app")).initErrors, undefined);
    await subject.destroy();
  });

  it("for sets, pods, jobs, claims and ingresses says what each lacks", async () => {
    const annotations = seconds(3);
    await failedUp((provider) => {
      const selector = { matchLabels: labels };
      const options = { provider };
      new StatefulSet("set", { metadata: { annotations }, spec: { serviceName: "set", selector, template } }, options);
      new Pod("pod", { metadata: { annotations }, spec: template.spec }, options);
      const jobTemplate = { spec: { ...template.spec, restartPolicy: "Never" } };
      new Job("late", { metadata: { annotations }, spec: { template: jobTemplate } }, options);
      new Job("hopeless", { spec: { activeDeadlineSeconds: 1, template: jobTemplate } }, options);
      new Ingress(
        "ingress",
        {
          metadata: { annotations },
          spec: {
            rules: [
              {
                http: {
                  paths: [
                    { path: "/", pathType: "Prefix", backend: { service: { name: "none", port: { number: 80 } } } },
                  ],
                },
              },
            ],
          },
        },
        options,
      );
      new Service(
        "balanced",
        { metadata: { annotations }, spec: { type: "LoadBalancer", ports: [{ port: 80 }] } },
        options,
      );
    });
    const errorsOf = async (name: string) => (await subject.kept(name)).initErrors?.slice(1);
    assert.deepEqual(await errorsOf("set"), ["0 out of 1 replicas succeeded readiness checks"]);
    assert.deepEqual(await errorsOf("pod"), []);
    assert.deepEqual(await errorsOf("late"), []);
    assert.deepEqual(await errorsOf("hopeless"), ["[DeadlineExceeded] Job was active longer than specified deadline"]);
    assert.match((await subject.kept("hopeless")).initErrors![0]!, /was created but failed to initialize$/);
    assert.match(
      (await errorsOf("ingress"))![0]!,
      /^Ingress has at least one rule with an unavailable target endpoint\.$/,
    );
    assert.match((await errorsOf("ingress"))![1]!, /^Ingress \.status\.loadBalancer field was not updated/);
    assert.match((await errorsOf("balanced"))!.join(), /Service was not allocated an IP address/);
    await subject.destroy();
  });

  it("is over at once for what is ready as it is", async () => {
    const started = Date.now();
    await subject.up((provider) => {
      const selector = { matchLabels: labels };
      const nowhere = { ...template, spec: { ...template.spec, nodeSelector: { nowhere: "1" } } };
      new DaemonSet(
        "daemons",
        { metadata: { annotations: seconds(20) }, spec: { selector, template: nowhere } },
        { provider },
      );
      new StatefulSet("none", { spec: { replicas: 0, serviceName: "none", selector, template } }, { provider });
      new ResourceQuota("quota", { spec: { hard: { pods: "100" } } }, { provider });
      new Service("headless", { spec: { clusterIP: "None", selector: labels, ports: [{ port: 80 }] } }, { provider });
      const lazy = new StorageClass(
        "lazy",
        { provisioner: "none", volumeBindingMode: "WaitForFirstConsumer" },
        { provider },
      );
      const resources = { requests: { storage: "1Mi" } };
      new PersistentVolumeClaim(
        "claim",
        { spec: { storageClassName: lazy.metadata.name, accessModes: ["ReadWriteOnce"], resources } },
        { provider },
      );
    });
    assert.ok(Date.now() - started < 20_000);
    await subject.destroy();
  });

  it("for a service without pods is over when its endpoints have settled", async () => {
    await subject.up((provider) => {
      new Service("service", { spec: { selector: { app: "nobody" }, ports: [{ port: 80 }] } }, { provider });
    });
    await subject.destroy();
  });

  it("for what an annotation names is over when that is so", async () => {
    const program = (waitFor: string) => (provider: Provider) => {
      const annotations = { ...seconds(3), "pulumi.com/waitFor": waitFor };
      new ConfigMap("cm", { metadata: { name: "cm", annotations }, data: { a: "1" } }, { provider });
    };
    await subject.up(program("jsonpath={.data.a}=1"));
    await subject.up(program('["jsonpath={.data.a}","jsonpath={.metadata.name}=cm"]'));
    await failedUp(program("jsonpath={.data.b}"));
    assert.deepEqual((await subject.kept("cm")).initErrors, [
      'the Kubernetes API server reported that "default/cm" failed to fully initialize or become live: timed out waiting for the condition',
    ]);
    await failedUp(program("condition=Ready"));
    await subject.destroy();
    const refused = await failedUp(program("phase=Done"));
    assert.match(
      refused.errors[0]!,
      /was not successfully created .* expected a "jsonpath=" or "condition=" prefix, got "phase=Done"/,
    );
    await subject.destroy();
  });

  it("is skipped where an annotation says so", async () => {
    await subject.up((provider) => {
      const metadata = { annotations: { "pulumi.com/skipAwait": "true" } };
      new Deployment("app", { metadata, spec: { selector: { matchLabels: labels }, template } }, { provider });
    });
    await subject.destroy();
  });

  it("for a job that asks for it ends in a new job", async () => {
    const metadata = {
      name: "again",
      annotations: { "pulumi.com/replaceUnready": "true", "pulumi.com/skipAwait": "true" },
    };
    const program = (provider: Provider) => {
      const jobTemplate = { spec: { ...template.spec, restartPolicy: "Never" } };
      new Job("again", { metadata, spec: { template: jobTemplate } }, { provider });
    };
    await subject.up(program);
    assert.deepEqual(await subject.up(program), ["create-replacement again", "delete-replaced again", "replace again"]);
    await subject.destroy();
  });

  it("for a deletion ends when finalizers hold it up", async () => {
    await subject.up((provider) => {
      const metadata = { name: "held", finalizers: ["example.test/hold"], annotations: seconds(2) };
      new CustomResource("held", { apiVersion: "v1", kind: "ConfigMap", metadata }, { provider });
    });
    const ran = await subject.run("destroy");
    assert.equal(ran.failed, true);
    assert.match(ran.errors[0]!, /timed out waiting for the condition/);
    const warnings = ran.events.flatMap(({ diagnosticEvent: event }) => (event ? [event.message] : []));
    assert.ok(
      warnings.some((message) => message.includes("finalizers might be preventing deletion (example.test/hold)")),
    );
    await ground.objects.patch({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "held", namespace: "default", finalizers: null as never },
    });
    await subject.destroy();
  });
});
