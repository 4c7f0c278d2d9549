import assert from "node:assert/strict";
import { exampleNames, runAlb, runExample } from "../program.ts";
import { readSettings, settingNames } from "../../../start/settings.ts";

interface Container {
  env: { name: string; value: string }[];
  envFrom: { secretRef: { name: string } }[];
}

/** Variables that are not Teal's: of the Pulumi CLI, which it starts, and of AWS's SDKs. */
const others = ["PULUMI_HOME", "PULUMI_SKIP_UPDATE_CHECK", "HOME", "AWS_REGION"];
/** What the Secret adds: as Secrets Manager has it. */
const confided = {
  DATABASE_URL: "postgres://teal:x@db.example.com:5432/teal?sslmode=verify-full",
  PULUMI_CONFIG_PASSPHRASE: "a passphrase",
  TEAL_TOKEN: "a token of enough characters",
  TEAL_ALERTS_TOKEN: "another one for Alertmanager",
};

describe("platform/control-plane/settings", function () {
  this.timeout(60_000);
  const stacks = [
    ...exampleNames.map((name) => [name, () => runExample(name)] as const),
    ["alb-ingress", runAlb] as const,
  ];
  for (const [example, run] of stacks) {
    for (const part of ["server", "worker"]) {
      it(`Teal starts with what ${example}'s ${part} is given`, async () => {
        const { made } = await run();
        const deployment = made.find(({ type, name }) => type.endsWith(":Deployment") && name === `teal-${part}`)!;
        const { containers } = (deployment.inputs["spec"] as { template: { spec: { containers: [Container] } } })
          .template.spec;
        const given = Object.fromEntries(containers[0].env.map(({ name, value }) => [name, value]));
        assert.deepEqual(
          Object.keys(given)
            .filter((name) => !settingNames.includes(name))
            .toSorted(),
          others.toSorted(),
        );
        const external = made.find(({ type }) => type.endsWith(":ExternalSecret"))!;
        const { data } = external.inputs["spec"] as { data: { secretKey: string }[] };
        const keys = data.map(({ secretKey }) => secretKey).filter((key) => key !== "PULUMI_ACCESS_TOKEN");
        // Where Datadog watches there is no Alertmanager to tell anything.
        const { TEAL_ALERTS_TOKEN: _, ...fewer } = confided;
        const expected = made.some(({ name }) => name === "kube-prometheus-stack") ? confided : fewer;
        assert.deepEqual(keys.toSorted(), Object.keys(expected).toSorted());
        const read = readSettings({ ...given, ...expected });
        assert.ok("settings" in read, JSON.stringify(read));
        assert.equal(read.settings.TEAL_ROLE, part);
        assert.equal(read.settings.TEAL_TARGET, "aws");
        assert.equal(read.settings.TEAL_ROUTING, example === "alb-ingress" ? example : "gateway");
      });
    }
  }

  it("leaves tenants what the load balancer has beside Teal's own API", async () => {
    const { made } = await runAlb();
    const worker = made.find(({ type, name }) => type.endsWith(":Deployment") && name === "teal-worker")!;
    const text = JSON.stringify(worker.inputs);
    const given = (name: string) => new RegExp(`"name":"${name}","value":"([^"]*)"`).exec(text)?.[1];
    // In production the API is public: a target group, and two rules.
    assert.deepEqual([given("TEAL_ALB_TARGET_GROUPS"), given("TEAL_ALB_RULES")], ["99", "248"]);
    assert.equal(given("TEAL_ALB_CIDRS"), "10.64.192.0/22,10.64.196.0/22,10.64.200.0/22");
    assert.match(given("TEAL_GATEWAY_URL")!, /^https:\/\/tenants\..*elb\.amazonaws\.com$/);
    assert.equal(given("TEAL_GATEWAY_METRICS"), undefined);
  });
});
