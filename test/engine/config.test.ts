import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArguments } from "../../engine/cli/arguments.ts";
import {
  configPlace,
  getConfig,
  plainConfig,
  plainValue,
  removeConfig,
  setConfig,
} from "../../engine/workspace/config.ts";
import { writeSettings } from "../../engine/workspace/settings.ts";

const crypter = {
  encrypt: (text: string) => `v1:${text.length}:${[...text].reverse().join("")}`,
  decrypt: (text: string) => [...text.split(":")[2]!].reverse().join(""),
};
const place = (key: string, path = true) => configPlace(key, "proj", path);

describe("config", () => {
  it("keys get the project's name", () => {
    assert.deepEqual(place("a", false), { key: "proj:a", path: [] });
    assert.deepEqual(place("ns:config:a", false), { key: "ns:a", path: [] });
    assert.deepEqual(place("ns:a.b[0]"), { key: "ns:a", path: ["b", 0] });
  });

  it("paths reach into objects and lists; text there becomes what it reads as", () => {
    let config = setConfig({}, place("o.on"), "true", undefined);
    config = setConfig(config, place("o.n"), "12", undefined);
    config = setConfig(config, place("o.zip"), "0123", undefined);
    config = setConfig(config, place("o.list[0]"), "a", undefined);
    assert.deepEqual(config, { "proj:o": { on: true, n: 12, zip: "0123", list: ["a"] } });
    assert.equal(getConfig(config, place("o.list[0]")), "a");
    assert.equal(plainValue(config["proj:o"]!, undefined).value, '{"on":true,"n":12,"zip":"0123","list":["a"]}');
    assert.throws(() => setConfig(config, place("o.list[3]"), "x", undefined), { code: "config_path" });
    assert.throws(() => setConfig(config, place("o.on.deeper"), "x", undefined), { code: "config_path" });
    assert.deepEqual(removeConfig(config, place("o.list[0]")), {
      "proj:o": { on: true, n: 12, zip: "0123", list: [] },
    });
    assert.deepEqual(removeConfig(config, place("o", false)), {});
  });

  it("a secret anywhere makes the value a secret, and is read only with the key", () => {
    const config = setConfig(setConfig({}, place("o.password"), "pw", crypter), place("o.user"), "u", undefined);
    assert.deepEqual(plainConfig(config, crypter)["proj:o"], {
      value: '{"password":"pw","user":"u"}',
      secret: true,
      object: { password: "pw", user: "u" },
    });
    assert.ok(!JSON.stringify(plainConfig(config, undefined)).includes("pw"));
  });

  it("files keep their comments and everything else that is not config", async () => {
    const home = await mkdtemp(join(tmpdir(), "teal-settings-"));
    const path = join(home, "Pulumi.x.yaml");
    await writeFile(path, "# kept\nencryptionsalt: s\nother: 1\nconfig:\n  p:a: '1' # why\n  p:gone: x\n");
    await writeSettings({
      path,
      encryptionSalt: "s",
      config: { "p:a": "1", "p:b": { secure: "v1:x" }, "p:c": "true" },
    });
    const text = await readFile(path, "utf8");
    assert.equal(
      text,
      '# kept\nencryptionsalt: s\nother: 1\nconfig:\n  p:a: "1" # why\n  p:b:\n    secure: v1:x\n  p:c: "true"\n'.replace(
        '"1"',
        "'1'",
      ),
    );
    await rm(home, { recursive: true, force: true });
  });
});

describe("arguments", () => {
  it("are read as the Automation API writes them", () => {
    const args = parseArguments(
      "config set",
      ["key", "--stack", "s", "--plaintext", "--non-interactive", "--", "--value"],
      { plaintext: "flag" },
    );
    assert.deepEqual(args.positional, ["key", "--value"]);
    assert.equal(args.get("stack"), "s");
    const up = parseArguments("up", ["--yes", "--client=127.0.0.1:1", "--run-program=false"], {
      client: "value",
      "run-program": "flag",
    });
    assert.equal(up.get("client"), "127.0.0.1:1");
    assert.equal(up.has("run-program"), false);
  });

  it("that are not known are refused, and the other engine named", () => {
    assert.throws(() => parseArguments("up", ["--target", "urn"], {}), {
      code: "engine_unsupported",
      message: /--target.*`cli`/s,
    });
  });
});
