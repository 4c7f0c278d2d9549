import assert from "node:assert/strict";
import { readSettings } from "../../start/settings.ts";
import { siteOf } from "../../start/site.ts";

describe("what all tenants have in common", () => {
  const settings = (env: Record<string, string>) => {
    const read = readSettings(env);
    assert.ok("settings" in read, JSON.stringify(read));
    return read.settings;
  };

  it("says nothing of routing where a Gateway splits, so that stacks stay as they are", () => {
    const site = siteOf(settings({ TEAL_DOMAIN: "example.com" }), "http://127.0.0.1:4080");
    assert.equal("routing" in site, false);
    assert.equal(site.urlOf("production", "acme"), "http://acme.production.example.com:4080/");
  });

  it("says which class and addresses, where a load balancer does", () => {
    const url = "https://teal.eu-central-1.elb.amazonaws.com";
    const site = siteOf(
      settings({
        TEAL_TARGET: "aws",
        TEAL_ROUTING: "alb-ingress",
        TEAL_DOMAIN: "example.com",
        KUBECONFIG: "/kubeconfig",
        PULUMI_CONFIG_PASSPHRASE: "x",
        TEAL_ALB_LISTENER: "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/teal/1/2",
        TEAL_ALB_CIDRS: "10.64.192.0/22",
        TEAL_GATEWAY_URL: url,
      }),
      url,
    );
    assert.deepEqual(site.routing, { kind: "alb-ingress", class: "teal-tenants", cidrs: ["10.64.192.0/22"] });
    assert.equal(site.urlOf("production", "acme"), "https://acme.production.example.com/");
  });
});
