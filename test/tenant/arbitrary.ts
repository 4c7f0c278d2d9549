import fc from "fast-check";
import { colors } from "../../model/color.ts";
import { suspensions } from "../../model/layout.ts";
import { tiers } from "../../model/tenant.ts";
import { weightsGiving } from "../../model/weights.ts";
import { tenantSpec, type SlotSpec, type TenantSpec } from "../../tenant/spec.ts";

const label = fc.stringMatching(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/);
const version = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/);
const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,20}$/);
/** Texts that trip up YAML and JSON among all others. */
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom(
      "yes",
      "no",
      "null",
      "~",
      "1.10",
      "0777",
      "1e3",
      "{}",
      '{"secure":"x"}',
      "- a",
      "a: b",
      "#",
      "2001-01-01",
    ),
    fc.constantFrom(
      "<b>&amp;</b>",
      "line\nline\n",
      "\t",
      " space ",
      "\\",
      "'",
      '"',
      "!!binary x",
      "*x",
      "&x",
      "%",
      "@",
    ),
  )
  .map((t) => t.replaceAll("\0", ""));
const settings = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(fc.oneof(key, fc.constant("secure")), value, { maxKeys: 5, noNullPrototype: true });

const slot: fc.Arbitrary<SlotSpec> = fc.record({
  release: version,
  image: fc.constantFrom("teal/app:1.0.0", `registry.example.com/app@sha256:${"a".repeat(64)}`),
  tier: fc.constantFrom(...tiers),
  scale: fc.constantFrom("full" as const, "idle" as const, "none" as const),
  idleReplicas: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
  restarts: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  revision: fc.nat(),
  web: fc.record(
    {
      command: fc.constant(["serve", "--all"]),
      port: fc.integer({ min: 1024, max: 65535 }),
      healthPath: fc.constant("/ok"),
    },
    { requiredKeys: ["port", "healthPath"] },
  ),
  background: fc.option(
    fc.record(
      { command: fc.constant(["work"]), replicas: fc.integer({ min: 1, max: 20 }) },
      { requiredKeys: ["replicas"] },
    ),
    { nil: undefined },
  ),
  volume: fc.option(fc.constant({ path: "/data" }), { nil: undefined }),
  config: settings(text),
  flags: settings(
    fc.oneof(
      fc.boolean(),
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
    ),
  ),
  secrets: settings(text),
});

/** Any valid spec. */
export const anySpec: fc.Arbitrary<TenantSpec> = fc
  .record({
    environment: fc.stringMatching(/^[a-z][a-z0-9]{0,14}$/),
    id: label,
    name: text.map((t) => t.trim()).filter((t) => t !== ""),
    tier: fc.constantFrom(...tiers),
    hostnames: fc.uniqueArray(
      label.map((l) => `${l}.example.com`),
      { minLength: 1, maxLength: 3 },
    ),
    live: fc.constantFrom(...colors),
    background: fc.constantFrom(...colors),
    first: slot,
    second: fc.option(slot),
    share: fc.integer({ min: 0, max: 100 }),
    token: fc.option(fc.stringMatching(/^[a-zA-Z0-9_-]{8,40}$/)),
    replicas: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    suspended: fc.option(fc.constantFrom(...suspensions), { nil: undefined }),
    maintenance: fc.option(fc.constant(true as const), { nil: undefined }),
    affinity: fc.option(fc.constant("cookie" as const), { nil: undefined }),
    data: fc.option(fc.constant("organization/tenant-data/production.acme"), { nil: undefined }),
    volume: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    schema: fc.option(version, { nil: undefined }),
    migration: fc.option(
      fc.record({
        run: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,30}$/),
        command: fc.array(text, { minLength: 1, maxLength: 3 }),
        seconds: fc.integer({ min: 1, max: 9999 }),
      }),
      { nil: undefined },
    ),
    adopted: fc.option(fc.record({ namespace: label, service: label, port: fc.integer({ min: 1, max: 65535 }) }), {
      nil: undefined,
    }),
    context: fc.option(fc.constant("some-context"), { nil: undefined }),
  })
  .map(({ first, second, share, token, context, migration, adopted, ...rest }) => {
    const other = rest.live === "blue" ? "green" : "blue";
    const spec = {
      ...rest,
      ...(!rest.suspended && { maintenance: undefined }),
      ...(migration && { migration: { ...migration, color: rest.live } }),
      blue: null,
      green: null,
      [rest.live]: first,
      [other]: second,
      ...(adopted && !second && { adopted: { ...adopted, color: other } }),
      weights: weightsGiving(rest.live, second ? share : 100),
      preview: token === null ? null : { color: second ? other : rest.live, token },
      gateway: { name: "gateway", namespace: "teal-gateway" },
      cluster: { identifier: "sandbox", ...(context !== undefined && { context }) },
    };
    // Parsed, so that what has no value has no key either.
    return tenantSpec.parse(JSON.parse(JSON.stringify(spec)));
  });

export const albRouting = { kind: "alb-ingress" as const, class: "teal-tenants", cidrs: ["10.64.48.0/22"] };

/** Any valid spec whose traffic a load balancer splits. */
export const anyAlbSpec: fc.Arbitrary<TenantSpec> = anySpec.map(({ affinity: _, adopted: __, ...spec }) =>
  tenantSpec.parse({ ...spec, routing: albRouting }),
);
