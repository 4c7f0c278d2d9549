import assert from "node:assert/strict";
import fc from "fast-check";
import { TealError } from "../../../model/errors.ts";
import { fromDataConfig, toDataConfig } from "../../../tenant/data/config.ts";
import { dataSpec, type DataSpec } from "../../../tenant/data/spec.ts";
import { defaultTierData, readDataTable } from "../../../tenant/plan/data/tiers.ts";
import { dataSpecOf, ownCluster, platformOf, sharedDatabase } from "./specs.ts";

/** As the plain CLI hands config over. */
function read(spec: DataSpec, changes: Record<string, string | undefined> = {}): DataSpec {
  const config = toDataConfig(spec);
  return fromDataConfig((key) => (key in changes ? changes[key] : config[`tenant-data:${key}`]?.value));
}

const origin = fc.oneof(
  fc.record({ snapshot: fc.string({ minLength: 1, maxLength: 60 }) }),
  fc.record({
    cluster: fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/),
    at: fc.constantFrom("latest", "2026-11-28T03:00:00Z"),
  }),
);
const held = fc
  .uniqueArray(
    fc.record({ generation: fc.integer({ min: 1, max: 9999 }), restoredFrom: fc.option(origin, { nil: undefined }) }),
    {
      minLength: 1,
      maxLength: 2,
      selector: ({ generation }) => generation,
    },
  )
  .chain((all) =>
    fc.record({ cluster: fc.constantFrom(...all.map(({ generation }) => generation)), clusters: fc.constant(all) }),
  );
const capacity = fc.integer({ min: 2, max: 512 }).map((halves) => halves / 2);
const database = fc.oneof(
  fc.constant({ kind: "none" } as const),
  fc.constant(sharedDatabase),
  fc.tuple(held, capacity, fc.integer({ min: 1, max: 35 })).map(([of, maxCapacity, backupDays]) => {
    const own = ownCluster(of as Parameters<typeof ownCluster>[0]);
    return { ...own, size: { ...own.size, minCapacity: 0, maxCapacity, backupDays } };
  }),
);
const spec = fc.record({
  id: fc.constantFrom("a", "a-b", "acme"),
  platform: fc.constantFrom("organization/platform/production", platformOf()),
  database,
  bucket: fc.option(fc.record({ oldVersionDays: fc.integer({ min: 1, max: 3650 }) })),
  parameters: fc.dictionary(fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,20}$/), fc.stringMatching(/^[ -~]{0,40}$/)),
  protect: fc.boolean(),
});

describe("tenant/data/config", () => {
  it("says all of a spec, and reads it back", () => {
    fc.assert(
      fc.property(spec, (changes) => {
        const whole = dataSpec.parse(JSON.parse(JSON.stringify(dataSpecOf(changes as Partial<DataSpec>))));
        assert.deepEqual(read(whole), whole);
      }),
    );
  });

  it("keeps the parameters secret, and nothing else holds one", () => {
    const config = toDataConfig(dataSpecOf({ parameters: { API_KEY: "hunter2hunter2" } }));
    for (const [key, { value, secret }] of Object.entries(config)) {
      assert.equal(secret === true, key === "tenant-data:parameters");
      if (!secret) assert.ok(!value.includes("hunter2"));
    }
  });

  const one = { generation: 1 };
  const wrong: [what: string, changes: Record<string, string | undefined>, told: RegExp][] = [
    ["no tenant", { id: undefined }, /tenant-data:id: /],
    ["no JSON", { database: "{" }, /tenant-data:database: expected JSON/],
    ["a kind that there is not", { database: '{"kind":"mysql"}' }, /tenant-data:database\.kind: /],
    [
      "a current cluster that it doesn't have",
      wrongHeld({ cluster: 2, clusters: [one] }),
      /held\.cluster: expected one of clusters: 1/,
    ],
    [
      "the end of the cluster in use",
      wrongHeld({ cluster: 1, clusters: [{ ...one, ends: true }] }),
      /held\.clusters: expected the one in use not to end/,
    ],
    [
      "the same generation twice",
      wrongHeld({ cluster: 1, clusters: [one, one] }),
      /held\.clusters: expected each generation once/,
    ],
    [
      "six clusters",
      wrongHeld({ cluster: 1, clusters: [1, 2, 3, 4, 5, 6].map((generation) => ({ generation })) }),
      /held\.clusters: /,
    ],
    ["a secret that is none", { parameters: '{"KEY":["hunter2hunter2"]}' }, /tenant-data:parameters\.KEY: /],
  ];
  for (const [what, changes, told] of wrong) {
    it(`refuses ${what}, and says where`, () =>
      assert.throws(
        () => read(dataSpecOf(), changes),
        (error: unknown) => {
          assert.ok(error instanceof TealError && error.code === "stack_config_invalid");
          assert.match(error.message, told);
          assert.doesNotMatch(error.message, /hunter2/);
          return true;
        },
      ));
  }
});

function wrongHeld(of: object) {
  return { database: JSON.stringify({ ...ownCluster(), held: of }) };
}

describe("tenant/plan/data/tiers", () => {
  it("without a table, or with a part of one, tiers give what they do by default", () => {
    assert.deepEqual(readDataTable({}).tiers, defaultTierData);
    const small = { database: { kind: "none" }, bucket: null };
    assert.deepEqual(readDataTable({ tiers: { small } }).tiers, { ...defaultTierData, small });
  });

  const size = { kind: "cluster", minCapacity: 1, maxCapacity: 2 };
  const shared = sharedDatabase.shared;
  const tier = (database: object) => ({ tiers: { small: { database, bucket: null } } });
  const wrong: [what: string, table: unknown, told: RegExp][] = [
    ["no object", [], /table: /],
    ["an unknown tier", { tiers: { huge: {} } }, /tiers: .*huge/],
    ["a kind that there is not", tier({ kind: "mysql" }), /tiers\.small\.database\.kind: /],
    [
      "a shared cluster that nobody says",
      tier({ kind: "schema" }),
      /tiers\.small\.database\.kind: expected the shared cluster/,
    ],
    [
      "less at most than at least",
      tier({ ...size, maxCapacity: 1, minCapacity: 2 }),
      /maxCapacity: expected at least minCapacity/,
    ],
    ["a third of a unit", tier({ ...size, minCapacity: 0.3 }), /minCapacity: expected steps of 0.5/],
    ["too long a retention", tier({ ...size, backupDays: 36 }), /backupDays: /],
    [
      "an id that is a name",
      { shared: { ...shared, resourceId: "shared" } },
      /shared\.resourceId: expected a resource id/,
    ],
  ];
  for (const [what, table, told] of wrong) {
    it(`refuses ${what}`, () =>
      assert.throws(
        () => readDataTable(table),
        (error: unknown) => {
          assert.ok(error instanceof TealError && error.code === "data_table_invalid");
          assert.match(error.message, told);
          return true;
        },
      ));
  }
  it("takes a shared cluster", () => {
    const table = readDataTable({
      ...tier({ kind: "schema" }),
      shared: { host: shared.host, resourceId: shared.resourceId },
    });
    assert.deepEqual(table.shared, shared);
  });
});
