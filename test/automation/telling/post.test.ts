import assert from "node:assert/strict";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { post, type Posting } from "../../../automation/telling/post.ts";
import { signedHeaders } from "../../../automation/telling/signature.ts";
import { answering, openReceiver, verifies, type Receiver } from "./receiver.ts";

const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const reach = { loopback: true, private: false };
const body = JSON.stringify({
  id: "11111111-1111-4111-8111-111111111111",
  at: "2026-01-01T00:00:00.000Z",
  type: "test",
  environment: "production",
  tenant: null,
  operation: null,
  link: "https://teal.example.com/",
  api: "https://teal.example.com/v1",
});

describe("calls to webhooks", () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await openReceiver(secret);
  });
  afterEach(() => receiver.close());
  const call = (url = receiver.url, posting: Partial<Posting> = {}) =>
    post({ url, secret, id: "msg_1", body }, { reach, ...posting });

  it("are signed as in Standard Webhooks' own example", () => {
    const text = '{"test": 2432232314}';
    const headers = signedHeaders(
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "msg_p5jXN8AQM9LWM0D4loKWxJek",
      text,
      new Date(1_614_265_330_000),
    );
    assert.equal(headers["webhook-signature"], "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assert.equal(headers["webhook-timestamp"], "1614265330");
  });

  it("come as they were signed, with the name that was asked for", async () => {
    assert.deepEqual(await call(), { status: 204 });
    const [got] = receiver.received;
    assert.deepEqual([got?.id, got?.verified, got?.text], ["msg_1", true, body]);
    assert.equal(got?.headers.host, new URL(receiver.url).host);
    assert.equal(verifies("another secret of some length", got!.headers, got!.text), false);
    assert.equal(verifies(secret, got!.headers, `${got!.text} `), false);
  });

  it("follow no redirect", async () => {
    const elsewhere = await openReceiver(secret);
    try {
      for (const status of [301, 302, 307, 308]) {
        receiver.answer(answering(status, { location: elsewhere.url }));
        const posted = await call();
        assert.equal(posted.status, status);
        assert.match(posted.problem ?? "", /Expected a status 2xx; got 30/);
      }
      assert.equal(elsewhere.received.length, 0);
    } finally {
      await elsewhere.close();
    }
  });

  it("read no more than 64 kB of an answer, and show nothing of it", async () => {
    let written = 0;
    receiver.answer((response) => {
      response.writeHead(500);
      const chunk = Buffer.alloc(16_384, "secret of the receiver ");
      const more = () => {
        while (!response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
      };
      more();
    });
    assert.deepEqual(await call(), { status: 500, problem: "Expected a status 2xx; got 500." });
    assert.ok(written < 20_000_000);
  });

  it("end after ten seconds, whether nothing comes or never the end of it", async function () {
    this.timeout(20_000);
    receiver.answer((response, count) => {
      if (count === 2) response.writeHead(200).write("and then nothing");
    });
    const before = Date.now();
    const hanging = call();
    await receiver.until(1);
    const [silent, endless] = await Promise.all([hanging, call()]);
    assert.deepEqual(silent, { status: null, problem: "It did not answer within 10 s." });
    assert.equal(endless.status, 200);
    assert.ok(Date.now() - before < 13_000);
  });

  it("say what a receiver did that is away or speaks no HTTP", async () => {
    const odd = createServer((socket) =>
      socket
        .on("error", () => undefined)
        .resume()
        .end("hello\r\n\r\n"),
    ).listen(0, "127.0.0.1");
    await new Promise((done) => odd.once("listening", done));
    const { port } = odd.address() as AddressInfo;
    const spoke = await call(`http://127.0.0.1:${port}/`);
    assert.equal(spoke.status, null);
    assert.match(spoke.problem ?? "", /^It could not be called: HPE_/);
    const noTls = await call(`https://127.0.0.1:${port}/`);
    assert.match(noTls.problem ?? "", /^It could not be called: /);
    await new Promise((done) => odd.close(done));
    assert.match((await call(`http://127.0.0.1:${port}/`)).problem ?? "", /ECONNREFUSED/);
  });

  it("go to the very address that was checked: names that lead inside are refused", async () => {
    const { port } = new URL(receiver.url);
    const table: [string[], RegExp][] = [
      [["169.254.169.254"], /hooks\.example\.com has none/],
      [["10.0.0.1", "::ffff:127.0.0.1", "fe80::1"], /hooks\.example\.com has none/],
      [[], /hooks\.example\.com has none/],
    ];
    for (const [addresses, problem] of table) {
      const posted = await call(`https://hooks.example.com:${port}/`, { resolve: async () => addresses });
      assert.equal(posted.status, null);
      assert.match(posted.problem ?? "", problem);
    }
    // http stays on this machine, whatever the name's addresses are.
    const asked: string[] = [];
    const resolve = async (host: string) => (
      asked.push(host),
      asked.length === 1 ? ["8.8.8.8", "127.0.0.1"] : ["10.0.0.1"]
    );
    assert.equal((await call(receiver.url, { resolve })).status, 204);
    assert.deepEqual(asked, ["localhost"], "a name is looked up once");
    assert.match((await call(receiver.url, { resolve })).problem ?? "", /localhost has none/);
    const outside = { reach: { loopback: false, private: false } };
    assert.match((await call(receiver.url, outside)).problem ?? "", /^Expected https:\/\/; got http:\/\//);
    assert.equal(receiver.received.length, 1);
  });
});
