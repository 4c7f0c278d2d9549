import assert from "node:assert/strict";
import { isPublic, mayReach } from "../../../automation/telling/addresses.ts";
import { urlProblem } from "../../../automation/telling/url.ts";

const nowhere = { loopback: false, private: false };
const sandbox = { loopback: true, private: false };
const inside = { loopback: false, private: true };

describe("addresses of webhooks", () => {
  const publicOnes = ["8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.1", "100.63.0.1", "192.167.1.1"];
  publicOnes.push("2606:4700:4700::1111", "2a00:1450:4001::200e", "2620:fe::9");
  for (const address of publicOnes) it(`may be ${address}`, () => assert.equal(isPublic(address), true));

  const others: Record<string, string[]> = {
    "this host": ["0.0.0.0", "0.1.2.3", "::"],
    loopback: ["127.0.0.1", "127.255.255.254", "::1", "0:0:0:0:0:0:0:1"],
    private: ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fdff::1"],
    "shared (carrier NAT)": ["100.64.0.1", "100.127.255.255"],
    "link-local": ["169.254.1.1", "fe80::1", "febf::1", "fe80::1%eth0"],
    "metadata of a cloud": ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"],
    documentation: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
    benchmark: ["198.18.0.1", "198.19.255.255"],
    multicast: ["224.0.0.1", "239.1.1.1", "ff02::1"],
    "broadcast and reserved": ["240.0.0.1", "255.255.255.255"],
    "v4-mapped and v4-compatible": [
      "::ffff:10.0.0.1",
      "::ffff:127.0.0.1",
      "::ffff:a9fe:a9fe",
      "::ffff:8.8.8.8",
      "::7f00:1",
    ],
    translated: ["64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:53aa:64c::1"],
    "site-local": ["fec0::1"],
    "no address": ["localhost", "", "1.2.3", "0x7f.1", "2130706433"],
  };
  for (const [what, addresses] of Object.entries(others)) {
    it(`may not be ${what}`, () => {
      for (const address of addresses) {
        assert.equal(isPublic(address), false, address);
        assert.equal(mayReach(address, "https:", nowhere), false, address);
        assert.equal(mayReach(address, "http:", inside), false, address);
      }
    });
  }

  it("may be loopback in the sandbox, and private ones where that is allowed", () => {
    assert.deepEqual(
      ["127.0.0.1", "::1", "10.0.0.1", "::ffff:127.0.0.1", "169.254.169.254"].map((a) => mayReach(a, "http:", sandbox)),
      [true, true, false, false, false],
    );
    assert.equal(mayReach("127.0.0.1", "https:", sandbox), true);
    assert.equal(mayReach("8.8.8.8", "http:", sandbox), false);
    assert.equal(mayReach("10.0.0.1", "https:", sandbox), false);
    assert.equal(mayReach("10.0.0.1", "https:", inside), true);
  });
});

describe("URLs of webhooks", () => {
  const table: [string, boolean, boolean][] = [
    // URL, outside the sandbox, in it
    ["https://hooks.example.com/teal?x=1", true, true],
    ["https://hooks.example.com:8443/", true, true],
    ["https://8.8.8.8/", true, true],
    ["http://hooks.example.com/", false, false],
    ["http://127.0.0.1:9000/", false, true],
    ["http://localhost:9000/", false, true],
    ["http://[::1]:9000/", false, true],
    ["http://0x7f.1/", false, true],
    ["https://127.0.0.1/", false, true],
    ["http://127.0.0.1.example.com/", false, false],
    ["http://localhost.example.com/", false, false],
    ["https://2130706433/", false, true],
    ["https://0251.0376.0251.0376/", false, false],
    ["https://169.254.169.254/latest/meta-data/", false, false],
    ["https://[::ffff:169.254.169.254]/", false, false],
    ["https://[fd00:ec2::254]/", false, false],
    ["https://10.1.2.3/", false, false],
    ["https://ann:hunter2@hooks.example.com/", false, false],
    ["https://hunter2@hooks.example.com/", false, false],
    ["https://hooks.example.com/#hunter2", false, false],
    ["ftp://hooks.example.com/", false, false],
    ["file:///etc/passwd", false, false],
    ["javascript:alert(1)", false, false],
    ["hooks.example.com", false, false],
    ["", false, false],
  ];
  for (const [url, outside, inSandbox] of table) {
    it(`${JSON.stringify(url)}: ${outside ? "taken" : inSandbox ? "taken in the sandbox only" : "refused"}`, () => {
      assert.deepEqual([urlProblem(url, nowhere) === null, urlProblem(url, sandbox) === null], [outside, inSandbox]);
      assert.ok(!JSON.stringify(urlProblem(url, nowhere)).includes("hunter2"));
    });
  }
});
