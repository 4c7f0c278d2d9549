import assert from "node:assert/strict";
import pg from "pg";
import { openDatabases } from "../../../automation/databases/databases.ts";
import { databaseNameOf } from "../../../tenant/plan/data/names.ts";
import { freshDatabase } from "../postgres.ts";

/** As RDS has it: an admin who is no superuser, and the role that lets users in by IAM. */
describe("automation/databases", () => {
  let superuser: URL;
  let sharedUrl: string;
  const tenantOf = (id: string) => {
    const name = databaseNameOf({ environment: "production", id });
    return { kind: "schema" as const, host: superuser.hostname, port: Number(superuser.port), name, user: name };
  };
  const asked = async (url: string, sql: string, values: unknown[] = []) => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const as = (user: string, database: string) => {
    const url = new URL(superuser);
    [url.username, url.password, url.pathname] = [user, "let-me-in", `/${database}`];
    return url.href;
  };

  before(async () => {
    superuser = new URL(await freshDatabase());
    await asked(superuser.href, "create role rds_iam nologin");
    await asked(superuser.href, "create role test_admin login password 'let-me-in' createrole createdb");
    await asked(superuser.href, "grant rds_iam to test_admin with admin option");
    sharedUrl = as("test_admin", "postgres");
  });
  after(async () => {
    for (const { name } of [tenantOf("a"), tenantOf("a-b")]) {
      await asked(superuser.href, `drop database if exists "${name}"`);
      await asked(superuser.href, `drop role if exists "${name}"`);
    }
    await asked(superuser.href, "drop role test_admin");
    await asked(superuser.href, "drop role rds_iam");
  });

  it("makes database and user, and finds them there the next time", async () => {
    const databases = openDatabases({ sharedUrl });
    for (const id of ["a", "a-b"]) {
      await databases.ensure(tenantOf(id), null);
      await databases.ensure(tenantOf(id), null);
    }
    const { name } = tenantOf("a");
    const [role] = await asked(superuser.href, "select * from pg_roles where rolname = $1", [name]);
    assert.deepEqual(
      [role!["rolsuper"], role!["rolcreatedb"], role!["rolcreaterole"], role!["rolcanlogin"]],
      [false, false, false, true],
    );
    const iam = "select pg_has_role($1, 'rds_iam', 'member') as member";
    assert.deepEqual(await asked(superuser.href, iam, [name]), [{ member: true }]);
    // No password: who is no IAM can't get in.
    assert.deepEqual(await asked(superuser.href, "select rolpassword from pg_authid where rolname = $1", [name]), [
      { rolpassword: null },
    ]);
  });

  it("lets each user into its own database alone, to do what it likes there", async () => {
    const [a, ab] = [tenantOf("a").name, tenantOf("a-b").name];
    // What IAM does in RDS, a password does here.
    for (const name of [a, ab]) await asked(superuser.href, `alter role "${name}" password 'let-me-in'`);
    await asked(as(a, a), "create schema shop; create table shop.orders (id int); insert into shop.orders values (1)");
    assert.deepEqual(await asked(as(a, a), "select * from shop.orders"), [{ id: 1 }]);
    await assert.rejects(asked(as(ab, a), "select 1"), /permission denied for database/);
    await assert.rejects(asked(as(a, ab), "select 1"), /permission denied for database/);
    await assert.rejects(asked(as(a, a), `set role "${ab}"`), /permission denied/);
    await assert.rejects(asked(as(a, a), "create role mine"), /permission denied/);
  });

  describe("in a cluster that was made of an adopted one", () => {
    const adoptedOf = (user: string, name = tenantOf("a").name) => ({ ...tenantOf("a"), name, user, adopted: true });
    const grants = () => asked(superuser.href, "select datname, datacl::text from pg_database order by datname");

    it("changes nothing: database and user came with its snapshot", async () => {
      const database = "legacy_shop";
      await asked(superuser.href, `create database ${database}`);
      await asked(superuser.href, "create role legacy_pods login");
      try {
        const before = await grants();
        await openDatabases({ sharedUrl }).ensure(adoptedOf("legacy_pods", database), null);
        assert.deepEqual(await grants(), before);
        const iam = "select pg_has_role('legacy_pods', 'rds_iam', 'member') as member";
        assert.deepEqual(await asked(superuser.href, iam), [{ member: false }]);
      } finally {
        await asked(superuser.href, `drop database ${database}`);
        await asked(superuser.href, "drop role legacy_pods");
      }
    });

    it("says what isn't there, and makes none", async () => {
      const ensured = openDatabases({ sharedUrl }).ensure(adoptedOf("nobody_there", "no_such"), null);
      await assert.rejects(ensured, /user nobody_there and the database no_such/);
      assert.deepEqual(await asked(superuser.href, "select 1 from pg_roles where rolname = 'nobody_there'"), []);
      const unfit = openDatabases({ sharedUrl }).ensure(adoptedOf("rds_iam"), null);
      await assert.rejects(unfit, { code: "tenant_database_unreachable" });
    });
  });

  it("says what to set where nobody may make it in the shared cluster", async () => {
    await assert.rejects(openDatabases({}).ensure(tenantOf("a"), null), { code: "shared_database_unset" });
  });

  it("can't be reached: tried again, and no password in what is told", async () => {
    const gone = { ...tenantOf("a"), kind: "cluster" as const, host: "127.0.0.1", port: 1 };
    await assert.rejects(
      openDatabases({}).ensure(gone, { user: "teal_admin", password: "hunter2hunter2" }),
      (error) => {
        const { code, data, message } = error as { code: string; data: { retriable: boolean }; message: string };
        assert.deepEqual([code, data.retriable], ["tenant_database_unreachable", true]);
        assert.doesNotMatch(message, /hunter2/);
        return true;
      },
    );
  });
});
