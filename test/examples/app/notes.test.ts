import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { Store } from "../../../examples/app/store.ts";
import { runApp, type Running } from "./running.ts";

describe("examples/app with a store", () => {
  const closing: (() => void)[] = [];
  let directory: string;
  beforeEach(async () => (directory = await mkdtemp(join(tmpdir(), "teal-notes-"))));
  afterEach(async () => {
    closing.splice(0).forEach((close) => close());
    await rm(directory, { recursive: true });
  });

  const run = (tag: string, color = "blue", words: string[] = []): Promise<Running> =>
    runApp(closing, `teal/app:${tag}`, { TEAL_DATA_DIR: directory, TEAL_COLOR: color }, words);
  const migrate = async (tag: string): Promise<{ code: number; said: string[] }> => {
    const { exited, lines } = await run(tag, "green", ["migrate"]);
    const code = await exited;
    return { code, said: lines.map((line) => (JSON.parse(line) as { message: string }).message).slice(1) };
  };
  const userVersion = (): unknown => {
    const database = new DatabaseSync(join(directory, "notes.db"));
    const row = database.prepare("PRAGMA user_version").get();
    database.close();
    return row?.["user_version"];
  };

  it("says that it has none without a directory", async () => {
    const app = await runApp(closing, "teal/app:1.0.0");
    for (const [method, path] of [
      ["GET", "/notes"],
      ["POST", "/notes"],
      ["GET", "/notes/1"],
    ] as const) {
      const answer = await app.send(method, path, method === "POST" ? { text: "x" } : undefined);
      assert.deepEqual([answer.status, answer.body["error"]], [404, "no_store"]);
    }
  });

  it("keeps notes with who wrote them, for both colors", async () => {
    const [blue, green] = [await run("1.0.0"), await run("1.1.0", "green")];
    assert.deepEqual((await blue.send("GET", "/notes")).body, { count: 0, schemaVersion: 0, notes: [] });
    assert.deepEqual(await readdir(directory), [], "reading makes nothing");
    const first = await blue.send("POST", "/notes", { text: "hello" });
    assert.equal(first.status, 201);
    const { writtenAt, ...note } = first.body;
    assert.deepEqual(note, { id: 1, text: "hello", color: "blue", version: "1.0.0" });
    assert.match(String(writtenAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    await green.send("POST", "/notes", { text: "from green" });
    const { count, schemaVersion, notes } = (await blue.send("GET", "/notes")).body as unknown as ReturnType<
      Store["list"]
    >;
    assert.deepEqual(
      [count, schemaVersion, notes.map(({ text, color }) => [text, color])],
      [
        2,
        1,
        [
          ["from green", "green"],
          ["hello", "blue"],
        ],
      ],
    );
    assert.deepEqual((await green.send("GET", "/notes/1")).body, first.body);
  });

  it("refuses what is no note", async () => {
    const app = await run("1.0.0");
    for (const body of [
      "",
      "{",
      "[]",
      "null",
      '{"text":""}',
      '{"text":1}',
      { text: "x".repeat(10_001) },
      "x".repeat(70_000),
    ])
      assert.equal((await app.send("POST", "/notes", body)).status, 400);
    assert.equal((await app.send("DELETE", "/notes")).status, 405);
    assert.equal((await app.send("GET", "/notes/7")).status, 404);
    assert.equal((await app.send("GET", "/notes/x%20y")).status, 404);
    assert.equal((await app.get("/notesx")).status, 404);
    assert.deepEqual((await app.send("GET", "/notes")).body["count"], 0);
  });

  it("migrates step by step to its tag's version, once, and says what it did", async () => {
    assert.deepEqual(await migrate("1.0.0"), {
      code: 0,
      said: ["schema 1: made table notes", "migration done, the schema is at version 1"],
    });
    const { said } = await migrate("3.2.0");
    assert.deepEqual(
      said.map((line) => line.split(",")[0]),
      ["schema 2: added column extra_v2", "schema 3: added column extra_v3", "migration done"],
    );
    assert.equal(userVersion(), 3);
    for (const tag of ["3.2.0", "1.0.0"]) {
      assert.deepEqual((await migrate(tag)).said, ["migration done: nothing to do, the schema is at version 3"]);
    }
    assert.equal(userVersion(), 3);
  });

  it("works on a schema newer than it knows, while nothing it reads was renamed", async () => {
    const old = await run("1.0.0");
    await old.send("POST", "/notes", { text: "one" });
    await migrate("2.0.0");
    assert.equal((await old.send("POST", "/notes", { text: "two" })).status, 201);
    const { count, schemaVersion } = (await old.send("GET", "/notes")).body;
    assert.deepEqual([count, schemaVersion], [2, 2]);
  });

  it("fails to read and write after a migration that breaks it, and says why; newer ones don't", async () => {
    const old = await run("2.0.0");
    await old.send("POST", "/notes", { text: "one" });
    const { code, said } = await migrate("3.0.0-breaking");
    assert.deepEqual([code, said[0]], [0, "schema 3: renamed column text to text_v3, which older releases don't know"]);
    for (const [method, path] of [
      ["GET", "/notes"],
      ["GET", "/notes/1"],
      ["POST", "/notes"],
    ] as const) {
      const { status, body } = await old.send(method, path, method === "POST" ? { text: "x" } : undefined);
      assert.equal(status, 500);
      assert.match(
        String(body["message"]),
        /no (such column: text|column named text): the database has schema 3, and version 2\.0\.0 knows schemas up to 2/,
      );
    }
    assert.equal((await old.get("/healthz")).status, 200);
    for (const tag of ["3.0.0-breaking", "4.0.0"]) {
      const newer = await run(tag);
      assert.equal((await newer.send("GET", "/notes/1")).body["text"], "one");
      assert.equal((await newer.send("POST", "/notes", { text: tag })).status, 201);
    }
    await migrate("4.0.0-breaking");
    assert.equal((await (await run("3.0.0-breaking")).send("GET", "/notes")).status, 500);
    assert.equal((await (await run("4.0.0-breaking")).send("GET", "/notes")).body["count"], 3);
  });

  it("changes nothing where its migration fails", async () => {
    await migrate("1.0.0");
    const { code, said } = await migrate("2.0.0-migrationfails");
    assert.deepEqual([code, said.length], [1, 1]);
    assert.match(said[0]!, /^migration failed: /);
    assert.equal(userVersion(), 1);
  });

  it("fails its migration where the directory can't be used", async () => {
    const { exited, lines } = await runApp(closing, "teal/app:1.0.0", { TEAL_DATA_DIR: join(directory, "nowhere") }, [
      "migrate",
    ]);
    assert.equal(await exited, 1);
    assert.match(lines.at(-1)!, /migration failed: unable to open database file/);
    const app = await runApp(closing, "teal/app:1.0.0", { TEAL_DATA_DIR: join(directory, "nowhere") });
    assert.equal((await app.send("POST", "/notes", { text: "x" })).status, 500);
  });

  it("goes by the release's version where the image has no tag", async () => {
    const env = { TEAL_DATA_DIR: directory, TEAL_VERSION: "4.1.0" };
    const { exited } = await runApp(closing, "teal/app@sha256:00", env, ["migrate"]);
    assert.equal(await exited, 0);
    assert.equal(userVersion(), 4);
  });

  it("loses nothing of what several processes write at once, who all find no database", async () => {
    const url = new URL("../../../examples/app/store.ts", import.meta.url).href;
    const script = `
      const { Store } = await import(${JSON.stringify(url)});
      const store = new Store(process.argv[1], { version: "2.0.0", schema: 2, breaking: false });
      for (let i = 0; i < 25; i++) { if (i % 5 === 0) store.migrate(); store.add("note " + i, process.argv[2]); store.list(); }`;
    const one = (color: string) =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", script, directory, color]);
    await Promise.all(["a", "b", "c", "d"].map(one));
    const store = new Store(directory, { version: "2.0.0", schema: 2, breaking: false });
    assert.equal(store.list().count, 100);
    assert.equal(new Set(store.list().notes.map(({ id }) => id)).size, 100);
    assert.equal(userVersion(), 2);
  });
});
