import assert from "node:assert/strict";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ConfigMapPatch } from "@pulumi/kubernetes/core/v1/configMapPatch.js";
import { ConfigMapList } from "@pulumi/kubernetes/core/v1/configMapList.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import { EngineGround, type Subject } from "./ground.ts";

const patchForce = { "pulumi.com/patchForce": "true" };
const managedBy = (name: string) => ({ "pulumi.com/patchFieldManager": name });

/** Who has set what of an object, and what an update may take. */
describe("fields on a real API server", function () {
  this.timeout(180_000);
  let ground: EngineGround;
  let subject: Subject;
  let stacks = 0;

  before(async () => {
    ground = await EngineGround.make();
  });
  beforeEach(async () => {
    subject = await ground.subject(`fields${++stacks}`);
    subject.args = { enableConfigMapMutable: true };
  });
  after(() => ground.remove());

  const theirs = (data: Record<string, string>, name = "shared") => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace: "default" },
    data,
  });
  const managers = async (name: string) =>
    ((await ground.configMap(name)).metadata?.managedFields ?? []).map(
      ({ manager, operation }) => `${manager} ${operation}`,
    );

  it("of others are not taken, but with patchForce", async () => {
    const program =
      (value: string, annotations = {}) =>
      (provider: Provider) => {
        new ConfigMap("mine", { metadata: { name: "mine", annotations }, data: { a: value } }, { provider });
      };
    await subject.up(program("1"));
    await ground.apply(theirs({ a: "theirs" }, "mine"), "someone");
    const refused = await subject.run("up", program("2"));
    assert.equal(refused.failed, true);
    assert.match(refused.errors[0]!, /server-side apply field conflict detected, see https:\/\/www\.pulumi\.com/);
    assert.match(refused.errors[0]!, /conflict with "someone": \.data\.a/);
    assert.equal((await subject.kept("mine")).initErrors?.length, 1);
    assert.deepEqual(await subject.up(program("2", patchForce)), ["update mine"]);
    assert.equal((await ground.configMap("mine")).data?.["a"], "2");
    assert.equal((await subject.kept("mine")).initErrors, undefined);
    await subject.destroy();
  });

  it("move to a manager of another name", async () => {
    const program = (manager: string, value: string) => (provider: Provider) => {
      const metadata = { name: "moved", annotations: { ...managedBy(manager), ...patchForce } };
      new ConfigMap("moved", { metadata, data: { a: value } }, { provider });
    };
    await subject.up(program("first", "1"));
    await subject.up(program("first", "2"));
    assert.deepEqual(await managers("moved"), ["first Apply"]);
    await subject.up(program("second", "2"));
    assert.deepEqual(await managers("moved"), ["second Apply"]);
    assert.equal((await subject.kept("moved")).outputs["__fieldManager"], "second");
    await subject.destroy();
  });

  it("set by kubectl in any of its ways become the object's own", async () => {
    const program = (value: string) => (provider: Provider) => {
      new ConfigMap("edited", { metadata: { name: "edited" }, data: { a: value } }, { provider });
    };
    await subject.up(program("1"));
    await ground.apply(theirs({ a: "edited" }, "edited"), "kubectl-edit");
    assert.deepEqual(await subject.up(program("2")), ["update edited"]);
    assert.equal((await ground.configMap("edited")).data?.["a"], "2");
    await subject.destroy();
  });

  it("of a patch are set on somebody else's object, changed, and given up", async () => {
    await ground.apply(theirs({ kept: "yes", a: "theirs" }), "someone");
    const program = (data: Record<string, string>) => (provider: Provider) => {
      new ConfigMapPatch("patch", { metadata: { name: "shared", annotations: patchForce }, data }, { provider });
    };
    assert.equal((await subject.run("preview", program({ a: "1", b: "1" }))).failed, false);
    await subject.up(program({ a: "1", b: "1" }));
    assert.deepEqual((await ground.configMap("shared")).data, { kept: "yes", a: "1", b: "1" });
    assert.equal((await subject.kept("patch")).id, "default/shared");
    assert.deepEqual(await subject.up(program({ a: "1", b: "2" })), ["update patch"]);
    assert.deepEqual(await subject.up(program({ a: "1", b: "2" })), []);
    await subject.destroy();
    const { data } = await ground.configMap("shared");
    assert.deepEqual(data, { kept: "yes" });
  });

  it("of a patch that names no object, of lists, and of names by the server are refused", async () => {
    const refusals: [RegExp, (provider: Provider) => unknown][] = [
      [
        /patch resources require the `\.metadata\.name`/,
        (provider) => new ConfigMapPatch("x", { data: {} }, { provider }),
      ],
      [/list resources exist for compatibility/, (provider) => new ConfigMapList("x", { items: [] }, { provider })],
      [
        /`\.metadata\.generateName` field is not supported in Server-Side Apply mode/,
        (provider) => new ConfigMap("x", { metadata: { generateName: "x-" } }, { provider }),
      ],
    ];
    for (const [message, program] of refusals) {
      const ran = await subject.run("up", program);
      assert.equal(ran.failed, true);
      assert.match(ran.errors.join("\n"), message);
    }
    await subject.destroy();
  });

  it("not named get the namespace of the context, and names of Pulumi's", async () => {
    const program = (provider: Provider) => {
      new ConfigMap("auto", { data: { a: "1" } }, { provider });
    };
    await subject.up(program);
    const { id, inputs } = await subject.kept("auto");
    assert.match(id, /^default\/auto-[0-9a-f]{8}$/);
    assert.equal((inputs["metadata"] as { namespace: string }).namespace, "default");
    assert.deepEqual(await subject.up(program), []);
    await subject.destroy();
  });

  it("of an object that is there already are taken by an upsert, and refused otherwise", async () => {
    await ground.apply(theirs({ a: "theirs" }, "there"), "someone");
    const program = (provider: Provider) => {
      const metadata = { name: "there", annotations: patchForce };
      new ConfigMap("there", { metadata, data: { a: "1" } }, { provider });
    };
    const refused = await subject.run("up", program);
    assert.match(refused.errors[0]!, /already exists\n\nThe resource already exists in the cluster/);
    subject.args = { ...subject.args, upsertExistingObjects: true };
    assert.deepEqual(await subject.up(program), ["create there", "update cluster"]);
    assert.equal((await ground.configMap("there")).data?.["a"], "1");
    await subject.destroy();
  });
});
