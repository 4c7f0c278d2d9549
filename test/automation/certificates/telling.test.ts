import assert from "node:assert/strict";
import { listEvents } from "../../../automation/ledger/events/list.ts";
import { takeNotices } from "../../../automation/ledger/notices/take.ts";
import { noticeDelivered } from "../../../automation/ledger/notices/settle.ts";
import { bodyOf } from "../../../automation/telling/body.ts";
import { noticeBody } from "../../../model/notice.ts";
import { call, openHarness, type Harness } from "../harness.ts";
import { FakeProvider } from "./fakeProvider.ts";
import { addTenant, environment, once, own, setupOf } from "./ground.ts";

const hour = 3_600_000;

describe("certificates: telling, and the API's views", function () {
  this.timeout(60_000);
  let harness: Harness;
  const provider = new FakeProvider();
  const setup = setupOf(provider, { namesPerCertificate: 3, certificatesPerListener: 4 });
  before(async () => {
    provider.now = Date.now();
    harness = await openHarness({ domain: "own.test", certificates: setup });
    const webhook = { url: "https://hooks.example.com/teal", secret: "a secret of some length", remindMinutes: 60 };
    await harness.automation.webhooks.set(environment, webhook, call);
    await addTenant(harness.ledger, "acme", ["shop.acme.example"]);
  });
  after(() => harness.close());

  const round = () => once(harness.ledger, setup, provider);
  const attention = async () => (await harness.automation.overview.attention({}, { limit: 50 })).items;
  const notices = () => harness.ledger.transaction((tx) => takeNotices(tx, environment, 10));

  it("shows a custom domain that waits, with the record to set", async () => {
    await round();
    const list = await harness.automation.certificates.list(environment, { limit: 1 });
    assert.deepEqual(
      [list.provider, list.problem, list.hostnames],
      ["sandbox", null, { wanted: 2, served: 1, room: 3 }],
    );
    assert.equal(list.items.length, 1);
    assert.deepEqual(list.items[0]?.names, ["shop.acme.example"]);
    assert.match(list.items[0]?.waits ?? "", /not seen the records of shop\.acme\.example/);
    assert.equal(list.items[0]?.records[0]?.record?.name, "_x.shop.acme.example");
    const rest = await harness.automation.certificates.list(environment, { limit: 5, cursor: list.next! });
    assert.deepEqual(
      rest.items.map(({ names, state }) => [names, state]),
      [[[own("acme")], "issued"]],
    );
    assert.ok(rest.items[0]?.attached);
    assert.equal(rest.next, undefined);
    const { items } = await harness.automation.certificates
      .ofTenant(environment, "elsewhere")
      .catch((e: { code: string }) => ({ items: e.code }));
    assert.equal(items, "tenant_not_found");
    assert.deepEqual(await attention(), []);
  });

  it("tells once, by webhook and on the list, and takes it off when all is well", async () => {
    provider.now += 2 * hour;
    await round();
    await round();
    const [item, ...others] = await attention();
    assert.equal(others.length, 0);
    assert.deepEqual([item?.concern, item?.code, item?.tenant], ["certificate", "certificate_record", "acme"]);
    assert.equal(item?.actions[0]?.path, `/v1/environments/${environment}/tenants/acme/certificates`);
    const [notice, ...more] = await notices();
    assert.equal(more.length, 0);
    const body = noticeBody.parse(bodyOf(notice!, "https://teal.example.com"));
    assert.deepEqual([body.type, body.operation, body.tenant], ["certificates.trouble", null, "acme"]);
    assert.deepEqual(body.certificates?.hostnames, ["shop.acme.example"]);
    assert.equal(body.link, `https://teal.example.com/environments/${environment}/tenants/acme`);
    await harness.ledger.transaction((tx) => noticeDelivered(tx, notice!));
    await round();
    assert.deepEqual(await notices(), [], "it is told once");

    provider.records.add("shop.acme.example");
    provider.now += hour;
    await round();
    assert.deepEqual(await attention(), []);
    const events = await harness.ledger.read((db) => listEvents(db, { environment }, 0, 1000));
    const told = events.filter(({ type }) => type.startsWith("certificate_attention")).map(({ type }) => type);
    assert.deepEqual(told, ["certificate_attention", "certificate_attention_over"]);
  });

  it("says which names the quotas have no room for", async () => {
    for (const id of ["b", "c", "d"]) await addTenant(harness.ledger, id);
    await round();
    const list = await harness.automation.certificates.list(environment, { limit: 50 });
    assert.deepEqual(list.hostnames, { wanted: 5, served: 3, room: 3 });
    assert.deepEqual(
      list.waiting.map(({ hostname, waits }) => [hostname, waits?.code]),
      [
        [own("c"), "over_quota"],
        [own("d"), "over_quota"],
      ],
    );
    assert.deepEqual(
      (await attention()).map(({ code, tenant }) => [code, tenant]),
      [["certificate_quota", null]],
    );
  });

  it("tells a webhook that is set later what stands by then, once", async () => {
    const webhook = { url: "https://hooks.example.com/teal", secret: "a secret of some length", remindMinutes: 60 };
    await harness.automation.webhooks.remove(environment, call);
    await round();
    assert.deepEqual(await notices(), []);
    await harness.automation.webhooks.set(environment, webhook, call);
    const told = await notices();
    assert.deepEqual(
      told.map(({ type, tenant, about }) => [type, tenant, about]),
      [["certificates.trouble", null, "certificate_quota"]],
    );
    const body = noticeBody.parse(bodyOf(told[0]!, "https://teal.example.com"));
    assert.equal(body.certificates?.code, "certificate_quota");
    for (const notice of told) await harness.ledger.transaction((tx) => noticeDelivered(tx, notice));
    await harness.automation.webhooks.set(environment, { ...webhook, remindMinutes: 30 }, call);
    await round();
    assert.deepEqual(await notices(), []);
  });
});
