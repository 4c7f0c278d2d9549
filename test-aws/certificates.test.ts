import assert from "node:assert/strict";
import { DeleteCertificateCommand, ListCertificatesCommand, RequestCertificateCommand } from "@aws-sdk/client-acm";
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  DescribeListenerCertificatesCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateHostedZoneCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import { certificateClients, type CertificateClients } from "../automation/aws/certificates/clients.ts";
import { acmCertificates } from "../automation/aws/certificates/provider.ts";
import { readBooks } from "../automation/certificates/facts.ts";
import { productionPace } from "../automation/certificates/pace.ts";
import type { CertificateProvider, CertificateSetup } from "../automation/certificates/provider.ts";
import { reconcile } from "../automation/certificates/reconcile.ts";
import type { Round } from "../automation/certificates/round.ts";
import { TealError } from "../model/errors.ts";
import { certificateQuotas } from "../tenant/plan/certificates/quotas.ts";
import { addTenant, clear, environment, removeTenant } from "../test/automation/certificates/ground.ts";
import { openHarness, type Harness } from "../test/automation/harness.ts";
import { startMoto, type Moto } from "./support/moto.ts";
import { startThrottle, type Throttle } from "./support/validating.ts";

const domain = "own.test";
const own = (tenant: string): string => `${tenant}.${environment}.${domain}`;
const overlap = productionPace.times.overlap;

class Crash extends Error {}

describe("certificates on AWS", function () {
  this.timeout(300_000);
  let moto: Moto;
  let throttle: Throttle;
  let harness: Harness;
  let clients: CertificateClients;
  let setup: CertificateSetup;
  let zone: string;
  let subnetIds: string[];
  let listener: string;
  /** How far the clock is ahead. */
  let ahead = 0;

  before(async () => {
    // ACM validates in minutes; the stand-in as soon as it is asked.
    process.env["MOTO_ACM_VALIDATION_WAIT"] = "0";
    moto = await startMoto();
    delete process.env["MOTO_ACM_VALIDATION_WAIT"];
    throttle = await startThrottle(moto.client.endpoint, async (record) => {
      // What isn't ours has been set by its owner.
      return !record.endsWith(`.${domain}.`) || (await records()).includes(record);
    });
    harness = await openHarness();
    subnetIds = await subnets(moto.client.endpoint);
    clients = certificateClients({ ...moto.client, endpoint: throttle.endpoint });
  });
  after(async () => {
    await harness.close();
    await throttle.stop();
    await moto.stop();
  });
  let [listeners, zones] = [0, 0];
  beforeEach(async () => {
    await clear(harness.ledger);
    await removeAll(clients);
    const made = await clients.route53.send(
      new CreateHostedZoneCommand({ Name: domain, CallerReference: String(++zones) }),
    );
    zone = made.HostedZone!.Id!.replace("/hostedzone/", "");
    listener = await makeListener(clients, subnetIds, `teal-${++listeners}`);
    setup = setupWith(provider());
    ahead = 0;
  });

  const provider = (): CertificateProvider =>
    acmCertificates({ clients, domain, zone, listeners: new Map([[environment, [listener]]]) });
  const setupWith = (by: CertificateProvider): CertificateSetup => ({
    provider: by,
    environments: [environment],
    quotas: certificateQuotas.parse({ namesPerCertificate: 3 }),
    pace: productionPace,
  });
  const round = (by: CertificateSetup): Round => ({
    ledger: harness.ledger,
    setup: by,
    environment,
    domain,
    now: () => Date.now() + ahead,
    signal: new AbortController().signal,
    changed: false,
    troubles: [],
  });
  /** Rounds with time between them, until all is quiet. */
  const settle = async (by = setup, rounds = 6): Promise<void> => {
    for (let i = 0; i < rounds; i++) {
      await reconcile(round(by));
      ahead += overlap + 1000;
    }
  };
  const rows = async () => (await harness.ledger.read((db) => readBooks(db, { environment, domain }))).rows;
  const served = async (): Promise<string[]> => {
    const { Certificates } = await clients.balancers.send(
      new DescribeListenerCertificatesCommand({ ListenerArn: listener }),
    );
    const arns = new Set(Certificates?.filter(({ IsDefault }) => !IsDefault).map((one) => one.CertificateArn));
    return (await rows())
      .filter(({ reference }) => arns.has(reference!))
      .flatMap(({ names }) => names)
      .sort();
  };
  const records = async (): Promise<string[]> => {
    const direct = certificateClients(moto.client).route53;
    const found = await direct.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone }));
    return (found.ResourceRecordSets ?? []).filter(({ Type }) => Type === "CNAME").map(({ Name }) => Name!);
  };
  /** ARNs that ACM has and no row knows, those of listeners' defaults left out. */
  const orphans = async (): Promise<string[]> => {
    const { CertificateSummaryList } = await clients.acm.send(new ListCertificatesCommand({ MaxItems: 100 }));
    const known = new Set((await rows()).map(({ reference }) => reference));
    return (CertificateSummaryList ?? [])
      .filter(({ DomainName, CertificateArn }) => DomainName !== "default.test" && !known.has(CertificateArn!))
      .map(({ DomainName }) => DomainName!);
  };

  it("requests, proves by Route 53, serves, and takes all of it back", async () => {
    await addTenant(harness.ledger, "acme", ["shop.example.com"]);
    await addTenant(harness.ledger, "globex");
    await settle();
    assert.deepEqual(await served(), [own("acme"), own("globex"), "shop.example.com"].sort());
    const set = await records();
    assert.equal(set.length, 2, "of names of ours only");
    for (const name of set) assert.match(name, /^_[0-9a-f]+\.(acme|globex)\.production\.own\.test\.$/);
    await removeTenant(harness.ledger, "globex");
    await removeTenant(harness.ledger, "acme");
    await settle();
    assert.deepEqual([await served(), await rows(), await records(), await orphans()], [[], [], [], []]);
  });

  it("is told of throttling and denial in Teal's words, and goes on where it was", async () => {
    await addTenant(harness.ledger, "acme");
    throttle.refuse(100);
    await assert.rejects(reconcile(round(setup)), (error: TealError) => {
      assert.equal(error.code, "aws_throttled", error.message);
      return true;
    });
    assert.ok(throttle.refused() > 1, "the SDK has tried again itself");
    assert.equal((await rows()).length, 1, "what it is about is written down before it is asked for");
    throttle.refuse(100, "AccessDeniedException");
    await assert.rejects(reconcile(round(setup)), (error: TealError) => {
      assert.equal(error.code, "aws_denied", error.message);
      assert.match(error.message, /docs\/certificates\.md/);
      return true;
    });
    throttle.refuse(0);
    await settle();
    assert.deepEqual(await served(), [own("acme")]);
    assert.deepEqual(await orphans(), []);
    assert.equal((await rows()).length, 1);
  });

  it("rides over a few throttled calls without anybody noticing", async () => {
    await addTenant(harness.ledger, "acme");
    throttle.refuse(2);
    await settle();
    assert.deepEqual(await served(), [own("acme")]);
  });

  it("has what is refused for good wait by itself", async () => {
    await addTenant(harness.ledger, "acme");
    throttle.refuse(1, "InvalidDomainValidationOptionsException");
    await reconcile(round(setup));
    const [row] = await rows();
    assert.deepEqual([row?.state, row?.reference], ["failed", null]);
    ahead += productionPace.times.retry + 1000;
    await settle();
    assert.deepEqual(await served(), [own("acme")]);
  });

  it("finds again by its tags what was asked for before a crash, however long ago", async () => {
    await addTenant(harness.ledger, "acme");
    const real = provider();
    const dying: CertificateProvider = {
      ...real,
      async request(request) {
        await real.request(request);
        throw new Crash();
      },
    };
    await assert.rejects(reconcile(round(setupWith(dying))), Crash);
    assert.equal((await orphans()).length, 1, "ACM has it, and the ledger has not heard");
    await settle();
    assert.deepEqual([await served(), await orphans(), (await rows()).length], [[own("acme")], [], 1]);
  });

  it("goes on after a crash at any call, without a name unserved or a certificate forgotten", async () => {
    // One life: a tenant with a domain of its own comes and goes; the process dies before or after its n-th call.
    for (let n = 0, died = true; died; n++) {
      await clear(harness.ledger);
      let calls = 0;
      died = false;
      const dies = (): void => {
        if (calls++ === n) {
          died = true;
          throw new Crash();
        }
      };
      const by = setupWith(mortal(provider(), dies));
      const live = async (): Promise<void> => {
        for (let whole = false; !whole;)
          whole = await settle(by, 4).then(
            () => true,
            (error: unknown) => {
              if (error instanceof Crash) return false;
              throw error;
            },
          );
      };
      await addTenant(harness.ledger, "globex", ["shop.example.com"]);
      await live();
      assert.deepEqual(await served(), [own("globex"), "shop.example.com"], `call ${n}`);
      await removeTenant(harness.ledger, "globex");
      await live();
      assert.deepEqual([await served(), await rows(), await orphans(), await records()], [[], [], [], []], `call ${n}`);
    }
  });
});

/** The provider, asked before and after each call whether the process dies there. */
function mortal(real: CertificateProvider, dies: () => void): CertificateProvider {
  const around = async <T>(call: () => Promise<T>): Promise<T> => {
    dies();
    const answer = await call();
    dies();
    return answer;
  };
  return {
    name: real.name,
    request: (request) => around(() => real.request(request)),
    describe: (reference) => around(() => real.describe(reference)),
    attached: (of) => around(() => real.attached(of)),
    attach: (...to) => around(() => real.attach(...to)),
    detach: (...from) => around(() => real.detach(...from)),
    drop: (...what) => around(() => real.drop(...what)),
  };
}

/** What earlier tests have left. */
async function removeAll({ acm }: CertificateClients): Promise<void> {
  const { CertificateSummaryList } = await acm.send(new ListCertificatesCommand({ MaxItems: 100 }));
  for (const { CertificateArn } of CertificateSummaryList ?? [])
    await acm.send(new DeleteCertificateCommand({ CertificateArn }));
}

/** An HTTPS listener with a default certificate, which is nobody's. */
async function makeListener(
  { acm, balancers }: CertificateClients,
  subnetIds: string[],
  name: string,
): Promise<string> {
  const { CertificateArn } = await acm.send(new RequestCertificateCommand({ DomainName: "default.test" }));
  const { LoadBalancers } = await balancers.send(new CreateLoadBalancerCommand({ Name: name, Subnets: subnetIds }));
  const { Listeners } = await balancers.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn,
      Protocol: "HTTPS",
      Port: 443,
      Certificates: [{ CertificateArn }],
      DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: { StatusCode: "404" } }],
    }),
  );
  return Listeners![0]!.ListenerArn!;
}

/** Of the stand-in's default network. There is no client of EC2 here: nothing else needs one. */
async function subnets(endpoint: string): Promise<string[]> {
  const credential = "testing/20260101/eu-central-1/ec2/aws4_request";
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "Action=DescribeSubnets&Version=2016-11-15",
  });
  const found = (await answer.text()).matchAll(/<subnetId>([^<]+)</g);
  return [...found].map(([, id]) => id!).slice(0, 2);
}
