import assert from "node:assert/strict";
import { isAllowed, type Attempt, type Document } from "../../iam/evaluate.ts";
import { exampleConfig, runAlb, runPlatform, type Made } from "../program.ts";

const at = "eu-central-1:123456789012";
const listener = `arn:aws:elasticloadbalancing:${at}:listener/app/teal/0123456789abcdef/https`;
const config = exampleConfig("production");
const domain = config["platform:domain"] as { name: string; zone: string };
const zone = `arn:aws:route53:::hostedzone/${domain.zone}`;
const certificate = `arn:aws:acm:${at}:certificate/1`;
const requested = { "aws:RequestTag/teal:domain": domain.name };
const ours = { "aws:ResourceTag/teal:domain": domain.name };
const platforms = { "aws:ResourceTag/teal:stack": "platform" };
const records = (types: string[], names: string[]) => ({
  "route53:ChangeResourceRecordSetsRecordTypes": types,
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
});
const proof = `_0a1b.acme.production.${domain.name}`;

type Row = [action: string, resource: string, context?: Attempt["context"]];
const may: Row[] = [
  ["acm:RequestCertificate", "*", requested],
  ["acm:AddTagsToCertificate", certificate, requested],
  ["acm:DescribeCertificate", certificate, ours],
  ["acm:DeleteCertificate", certificate, ours],
  ["tag:GetResources", "*"],
  ["route53:ListResourceRecordSets", zone],
  ["route53:ChangeResourceRecordSets", zone, records(["CNAME"], [proof])],
  ["elasticloadbalancing:AddListenerCertificates", listener],
  ["elasticloadbalancing:RemoveListenerCertificates", listener],
  ["elasticloadbalancing:DescribeListenerCertificates", "*"],
];
const mayNot: Row[] = [
  ["acm:RequestCertificate", "*"],
  ["acm:RequestCertificate", "*", { "aws:RequestTag/teal:domain": "others.example.com" }],
  ["acm:AddTagsToCertificate", certificate, { ...requested, ...platforms }],
  ["acm:DeleteCertificate", certificate, platforms],
  ["acm:DescribeCertificate", certificate],
  ["acm:ExportCertificate", certificate, ours],
  ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/ZOTHER", records(["CNAME"], [proof])],
  ["route53:ChangeResourceRecordSets", zone, records(["A"], [proof])],
  ["route53:ChangeResourceRecordSets", zone, records(["CNAME"], [`teal.${domain.name}`])],
  ["route53:ChangeResourceRecordSets", zone, records(["CNAME", "TXT"], [proof, `_dmarc.${domain.name}`])],
  ["elasticloadbalancing:AddListenerCertificates", listener.replace("/teal/", "/other/")],
  ["elasticloadbalancing:ModifyListener", listener],
];

function policyOf(made: Made[]): Document {
  const policy = made.find(({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === "teal")!;
  return JSON.parse(String(policy.inputs["policy"])) as Document;
}

function given(made: Made[], part: string): Record<string, string> {
  const pods = made.find(({ type, name }) => type.endsWith(":Deployment") && name === `teal-${part}`)!;
  type Spec = { template: { spec: { containers: [{ env: { name: string; value: string }[] }] } } };
  const { containers } = (pods.inputs["spec"] as Spec).template.spec;
  return Object.fromEntries(containers[0].env.map(({ name, value }) => [name, value]));
}

describe("platform/control-plane/certificates", function () {
  this.timeout(60_000);
  let made: Made[];
  before(async () => {
    ({ made } = await runPlatform({ ...config, "platform:environments": ["production", "staging"] }));
  });
  const allowed = ([action, resource, context = {}]: Row) =>
    isAllowed(
      { identity: [policyOf(made)] },
      { action, resource, principal: "arn:aws:iam::123456789012:role/teal", context },
    );

  for (const row of may) it(`Teal may ${row[0]} on ${row[1]}`, () => assert.equal(allowed(row), true));
  for (const row of mayNot)
    it(`Teal may not ${row[0]} on ${row[1]} with ${JSON.stringify(row[2] ?? {})}`, () =>
      assert.equal(allowed(row), false));

  for (const part of ["server", "worker"]) {
    it(`the ${part} is told the listener for each environment, and its share of it`, () => {
      const { TEAL_HTTPS_LISTENERS, TEAL_DNS_ZONE, TEAL_CERTIFICATE_QUOTAS } = given(made, part);
      assert.equal(TEAL_HTTPS_LISTENERS, `production=${listener},staging=${listener}`);
      assert.equal(TEAL_DNS_ZONE, domain.zone);
      // 25 for both.
      assert.equal(TEAL_CERTIFICATE_QUOTAS, "10,12");
    });
  }

  it("with alb-ingress it has neither: the controller would take them off", async () => {
    const { made: alb } = await runAlb();
    const actions = policyOf(alb).Statement.flatMap(({ Action }) => Action ?? []);
    assert.deepEqual(
      actions.filter((action) => /^(acm|route53):|ListenerCertificates/.test(action)),
      [],
    );
    for (const name of ["TEAL_HTTPS_LISTENERS", "TEAL_DNS_ZONE", "TEAL_CERTIFICATE_QUOTAS"])
      assert.equal(name in given(alb, "worker"), false, name);
  });
});
