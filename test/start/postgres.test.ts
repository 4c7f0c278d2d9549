import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres, type RunningPostgres } from "../../start/postgres.ts";

const log = () => undefined;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded PostgreSQL", () => {
  let home: string;
  let directory: string;
  let running: RunningPostgres | undefined;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "teal-postgres-start-"));
    chmodSync(home, 0o711);
    directory = join(home, "postgres");
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  const start = async () => (running = await startPostgres({ directory, log }));
  const pidFile = () => join(directory, "data", "postmaster.pid");

  it("starts on loopback behind a password that only its owner can read, and stops", async () => {
    const { url, pid, stop } = await start();
    assert.deepEqual(await query(url, "select 1 as one"), [{ one: 1 }]);
    const settings = await query(
      url,
      "select name, setting from pg_settings where name in ('fsync', 'listen_addresses', 'synchronous_commit', 'unix_socket_directories') order by name",
    );
    const values = settings.map((row) => (row as { setting: string }).setting);
    assert.deepEqual(values, ["on", "127.0.0.1", "on", ""]);
    assert.equal(statSync(join(directory, "password")).mode & 0o777, 0o600);
    assert.ok(!readFileSync(join(directory, "postgres.log"), "utf8").includes(new URL(url).password));
    await assert.rejects(query(url.replace(new URL(url).password, "wrong"), "select 1"), /password authentication/);
    await query(url, "create table kept (what text)");
    await stop();
    assert.throws(() => process.kill(pid, 0));
    assert.ok(!existsSync(pidFile()));
    await stop();
  });

  it("finds everything again, after it was killed too", async () => {
    const { url, pid } = await start();
    await query(url, "insert into kept values ('before the kill')");
    process.kill(pid, "SIGKILL");
    const { url: again } = await start();
    assert.deepEqual(await query(again, "select what from kept"), [{ what: "before the kill" }]);
  });

  it("outlives the process that started it, and is used again by the next", async () => {
    const script = `
      import { startPostgres } from ${JSON.stringify(new URL("../../start/postgres.ts", import.meta.url).href)};
      const { pid } = await startPostgres({ directory: ${JSON.stringify(directory)}, log: () => undefined });
      console.log(pid);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    child.kill("SIGKILL");
    await once(child, "exit");
    const lines: string[] = [];
    running = await startPostgres({ directory, log: (text) => lines.push(text) });
    assert.equal(running.pid, Number(line.toString()));
    assert.match(lines.join(), /still running from an earlier start/);
    assert.equal((await query(running.url, "select what from kept")).length, 1);
  });

  it("isn't kept from starting by another process that has its old number", async () => {
    // PostgreSQL itself would refuse: a process of the same user with that number is alive.
    const other = spawn("sleep", ["60"], process.getuid?.() === 0 ? ownerOf(join(directory, "data")) : {});
    await once(other, "spawn");
    const lines = [other.pid, join(directory, "data"), 1, 5432, "", "127.0.0.1", "  1 1", "ready   "];
    writeFileSync(pidFile(), lines.join("\n") + "\n");
    try {
      const { url } = await start();
      assert.equal((await query(url, "select 1")).length, 1);
    } finally {
      other.kill("SIGKILL");
    }
  });

  it("makes its data anew where making them was interrupted", async () => {
    const interrupted = join(home, "interrupted");
    mkdirSync(join(interrupted, "data.new", "base"), { recursive: true });
    chmodSync(interrupted, 0o711);
    writeFileSync(join(interrupted, "password"), "half");
    running = await startPostgres({ directory: interrupted, log });
    assert.equal((await query(running.url, "select 1")).length, 1);
  });

  it("says in one line that its port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await assert.rejects(startPostgres({ directory, port, log }), (error: Error & { code: string }) => {
      assert.equal(error.code, "postgres_failed");
      assert.match(error.message, new RegExp(`^PostgreSQL didn't start on port ${port}: [^\\n]*$`));
      return true;
    });
    server.close();
  });

  it("says in one line which directory is closed to it", async function () {
    if (process.getuid?.() !== 0) this.skip();
    const closed = join(home, "closed");
    mkdirSync(closed, { mode: 0o700 });
    await assert.rejects(
      startPostgres({ directory: join(closed, "postgres"), log }),
      (error: Error & { code: string }) => {
        assert.equal(error.code, "directory_rights");
        assert.match(error.message, new RegExp(`^[^\\n]*chmod o\\+x ${closed}[^\\n]*$`));
        return true;
      },
    );
  });
});

function ownerOf(path: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}
