/** Scenarios of the engine alone: random values, components, references, secrets. */
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId.js";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { RandomPet } from "@pulumi/random/randomPet.js";
import { scenario, type Scenarios } from "../scenario.ts";

const compared = "expected";

class Inner extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("test:index:Inner", name, {}, options);
    new RandomPet(`${name}-pet`, {}, { parent: this });
  }
}

class Pair extends pulumi.ComponentResource {
  constructor(type: string, name: string, options: pulumi.ComponentResourceOptions) {
    super(`test:index:${type}`, name, {}, options);
    new RandomId(`${name}-id`, { byteLength: 4 }, { parent: this });
    new Inner(`${name}-inner`, { parent: this });
  }
}

class Box extends pulumi.ComponentResource {
  constructor() {
    super("test:index:Box", "box");
  }
}

const aliases = scenario<{ name: string; type?: string; boxed?: true; aliases?: pulumi.Alias[] }>({
  about: "a component changes its name, type and parent; its children follow",
  compared,
  program: ({ name, type = "Pair", boxed, aliases = [] }) => {
    new Pair(type, name, { aliases, ...(boxed && { parent: new Box() }) });
    return {};
  },
  steps: [
    { op: "up", args: { name: "old" } },
    { op: "preview", args: { name: "new", aliases: [{ name: "old" }] } },
    { op: "up", args: { name: "new", aliases: [{ name: "old" }] } },
    { op: "up", args: { name: "new", type: "Duo", aliases: [{ type: "test:index:Pair" }] } },
    { op: "up", args: { name: "new", type: "Duo", boxed: true, aliases: [{ parent: pulumi.rootStackResource }] } },
    { op: "up", args: { name: "new", type: "Duo", boxed: true } },
    { op: "up", args: { name: "other", type: "Duo", boxed: true } },
    { op: "destroy" },
  ],
});

const protectedReplace = scenario<{ bytes: number; protect?: boolean }>({
  about: "what is protected is not replaced, unless it is unprotected at the same time",
  compared,
  program: ({ bytes, protect = false }) => {
    new RandomId("kept", { byteLength: bytes }, { protect });
    return {};
  },
  steps: [
    { op: "up", args: { bytes: 4, protect: true } },
    { op: "preview", args: { bytes: 8, protect: true } },
    { op: "up", args: { bytes: 8, protect: true } },
    { op: "up", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8, protect: true } },
    { op: "destroy" },
    { op: "up", args: { bytes: 8 } },
    { op: "destroy" },
  ],
});

const deleteFirst = scenario<{ bytes: number; protect?: boolean }>({
  about: "dependants of what is deleted before it is replaced go first, those that would change",
  compared,
  program: ({ bytes, protect = false }) => {
    const base = new RandomId("base", { byteLength: bytes }, { deleteBeforeReplace: true });
    const reads = new RandomId("reads", { byteLength: 2, keepers: { base: base.hex } });
    new RandomId("follows", { byteLength: 2 }, { dependsOn: base });
    new RandomId("last", { byteLength: 2, keepers: { reads: reads.hex } }, { protect });
    return {};
  },
  steps: [
    { op: "up", args: { bytes: 4 } },
    { op: "preview", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8, protect: true } },
    { op: "up", args: { bytes: 4, protect: true } },
    { op: "up", args: { bytes: 8 } },
    { op: "destroy" },
  ],
});

const createFirst = scenario<{ bytes: number }>({
  about: "a replacement that creates first takes its dependants along, and deletes in the end",
  compared,
  program: ({ bytes }) => {
    const base = new RandomId("base", { byteLength: bytes });
    const reads = new RandomId("reads", { byteLength: 2, keepers: { base: base.hex } });
    new RandomPet("pet", { prefix: pulumi.interpolate`${reads.hex}-x` });
    const applied = base.hex.apply((hex) => {
      if (pulumi.runtime.isDryRun() && bytes === 8) throw new Error(`a value that only an update knows: ${hex}`);
      return hex.length;
    });
    return { length: applied };
  },
  steps: [
    { op: "up", args: { bytes: 4 } },
    { op: "preview", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8 } },
    { op: "up", args: { bytes: 8 } },
    { op: "destroy" },
  ],
});

const secretOutputs = scenario<{ secret: boolean }>({
  about: "additionalSecretOutputs, of the program's and of the SDK's",
  compared,
  program: ({ secret }) => {
    const id = new RandomId("id", { byteLength: 4 }, secret ? { additionalSecretOutputs: ["hex"] } : {});
    new RandomPassword("password", { length: 20 });
    return { hex: id.hex, dec: id.dec };
  },
  steps: [{ op: "up", args: { secret: true } }, { op: "up", args: { secret: true } }, { op: "destroy" }],
});

class Vault extends pulumi.ComponentResource {
  constructor(content: pulumi.Input<string>) {
    super("test:index:Vault", "vault", { content });
    this.registerOutputs({ nested: { list: ["plain", content] }, plain: "plain" });
  }
}

const hiddenInput = "s3cret-of-config";
const hiddenOutput = "s3cret-of-program";

const everySecret = scenario({
  about: "secrets in inputs, lists, maps, components, outputs and what is made of them",
  compared,
  hidden: [hiddenInput, hiddenOutput],
  program: () => {
    const given = new pulumi.Config().requireSecret("given");
    const made = pulumi.secret(hiddenOutput);
    new RandomId("keeps", { byteLength: 2, keepers: { given, both: pulumi.interpolate`${given}+${made}` } });
    new Vault(made);
    const object = new pulumi.Config().requireSecretObject<{ deep: string[] }>("object");
    return {
      list: ["plain", made],
      map: { deep: { given } },
      joined: pulumi.all([given, "plain"]).apply((texts) => texts.join("+")),
      object: object.apply(({ deep }) => deep[1]),
      open: pulumi.unsecret(made).apply((text) => text.length),
    };
  },
  steps: [
    {
      op: "up",
      config: {
        "conf:given": { value: hiddenInput, secret: true },
        "conf:object": { value: JSON.stringify({ deep: ["a", hiddenOutput] }), secret: true },
      },
    },
    { op: "up" },
    { op: "preview" },
    { op: "refresh" },
    { op: "destroy" },
  ],
});

const references = scenario<{ value?: string; refers?: boolean }>({
  about: "a stack reads the outputs of another",
  compared,
  hidden: ["s3cret-of-producer"],
  program: ({ value = "", refers = true }, { stack }) => {
    if (stack === "producer") {
      const hidden = pulumi.secret("s3cret-of-producer");
      return { value, hidden, nested: { list: [value, { hidden }] } };
    }
    if (!refers) return {};
    const producer = new pulumi.StackReference("producer", { name: "organization/conf/producer" });
    const [given, missing] = [producer.getOutput("value"), producer.getOutput("missing")];
    return { given, missing: missing.apply((found) => found ?? "none"), nested: producer.getOutput("nested") };
  },
  steps: [
    { op: "up", args: {} },
    { op: "up", args: { value: "one" }, stack: "producer" },
    { op: "up", args: {} },
    { op: "up", args: { value: "two" }, stack: "producer" },
    { op: "preview", args: {} },
    { op: "up", args: {} },
    { op: "up", args: { refers: false } },
    { op: "destroy" },
    { op: "destroy", stack: "producer" },
  ],
});

const targets = scenario<{ bytes: number; extra?: boolean }>({
  about: "an operation on some resources leaves all others as they are",
  compared,
  program: ({ bytes, extra }) => {
    const base = new RandomId("base", { byteLength: bytes });
    new RandomId("reads", { byteLength: bytes, keepers: { base: base.hex } });
    new RandomId("apart", { byteLength: bytes });
    if (extra) new RandomPet("extra");
    return {};
  },
  steps: [
    { op: "up", args: { bytes: 4 } },
    { op: "preview", args: { bytes: 8, extra: true }, options: { target: ["apart"] } },
    { op: "up", args: { bytes: 8, extra: true }, options: { target: ["apart"] } },
    { op: "up", args: { bytes: 8 }, options: { target: ["base"] } },
    { op: "destroy", options: { target: ["base"] } },
    { op: "destroy", options: { target: ["base"], targetDependents: true } },
    { op: "destroy" },
  ],
});

const refused = scenario<{ what: "twice" | "argument" | "crash" | "nothing" }>({
  about: "a name taken twice, an argument out of range, a program that throws",
  compared,
  program: ({ what }) => {
    new RandomPassword("password", { length: 8, ...(what === "argument" && { minUpper: 9 }) });
    if (what === "twice") new RandomPassword("password", { length: 8 });
    if (what === "crash") throw new Error("the program gave up");
    return { what };
  },
  steps: [
    { op: "up", args: { what: "nothing" } },
    { op: "up", args: { what: "twice" } },
    { op: "up", args: { what: "argument" } },
    { op: "up", args: { what: "crash" } },
    { op: "up", args: { what: "nothing" }, options: { expectNoChanges: true } },
    { op: "destroy" },
  ],
});

export const withoutCluster: Scenarios = {
  aliases,
  protectedReplace,
  deleteFirst,
  createFirst,
  secretOutputs,
  everySecret,
  references,
  targets,
  refused,
};
