import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { EngineGround, type Subject } from "./ground.ts";

/** A cluster that does not answer: what can be done without it, and what is said of the rest. */
describe("an API server that is away", function () {
  this.timeout(240_000);
  let ground: EngineGround;
  let subject: Subject;
  const nowhere = JSON.stringify({
    "current-context": "a",
    clusters: [{ name: "a", cluster: { server: "http://127.0.0.1:1" } }],
    contexts: [{ name: "a", context: { cluster: "a", user: "a" } }],
    users: [{ name: "a", user: {} }],
  });
  const program = (provider: Provider) => {
    new ConfigMap("cm", { metadata: { name: "cm" }, data: { a: "1" } }, { provider });
    new CustomResource("cr", { apiVersion: "a.test/v1", kind: "A", metadata: { name: "a" } }, { provider });
  };
  const only = (value: string) => (provider: Provider) => {
    new ConfigMap("only", { metadata: { name: "only" }, data: { a: value } }, { provider });
  };

  before(async () => {
    ground = await EngineGround.make();
  });
  after(() => ground.remove());

  it("is no hindrance for a preview, and fails an update once", async () => {
    subject = await ground.subject("away");
    subject.args = { kubeconfig: nowhere };
    assert.equal((await subject.run("preview", program)).failed, false);
    const started = Date.now();
    const ran = await subject.run("up", program);
    assert.equal(ran.failed, true);
    assert.match(ran.errors[0]!, /^configured Kubernetes cluster is unreachable: .*ECONNREFUSED/);
    assert.ok(Date.now() - started < 25_000);
    assert.equal((await subject.run("destroy")).failed, false);
  });

  it("keeps its objects in state unless they are to be given up", async () => {
    subject = await ground.subject("lost");
    subject.args = { clusterIdentifier: "one", enableConfigMapMutable: true };
    await subject.up(only("1"));
    const away = { ...subject.args, kubeconfig: nowhere };
    subject.args = away;
    // The provider's new settings are recorded before anything fails for them.
    const failed = await subject.run("up", only("2"));
    assert.match(failed.errors[0]!, /cluster is unreachable/);
    const refresh = await subject.run("refresh");
    assert.match(refresh.errors[0]!, /failed to read resource state due to unreachable cluster/);
    const destroy = await subject.run("destroy");
    assert.match(destroy.errors[0]!, /PULUMI_K8S_DELETE_UNREACHABLE/);
    subject.args = { ...away, skipUpdateUnreachable: true };
    assert.deepEqual(await subject.up(only("3")), ["update cluster"]);
    subject.args = { ...away, deleteUnreachable: true };
    await subject.run("up", only("4"));
    assert.equal((await subject.run("destroy")).failed, false);
  });
});
