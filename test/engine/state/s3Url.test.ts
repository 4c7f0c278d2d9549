import assert from "node:assert/strict";
import fc from "fast-check";
import { openBackend, paths } from "../../../engine/state/backend.ts";
import { parseS3Url } from "../../../engine/state/s3/url.ts";

describe("URLs of state in S3", () => {
  const right: [string, object][] = [
    ["s3://state", { bucket: "state", prefix: "" }],
    ["s3://state/", { bucket: "state", prefix: "" }],
    ["s3://my.state-1/live", { bucket: "my.state-1", prefix: "live/" }],
    ["s3://state/live/teal/", { prefix: "live/teal/" }],
    ["s3://state//live", { prefix: "live/" }],
    ["s3://state/a%20b", { prefix: "a b/" }],
    ["s3://state?prefix=a/", { prefix: "a/" }],
    ["s3://state/b?prefix=a/", { prefix: "a/b/" }],
    ["s3://state?region=eu-central-1&awssdk=v2", { region: "eu-central-1" }],
    ["s3://state?region=&awssdk=V2", { prefix: "" }],
    ["s3://state?region=a&region=b", { region: "a" }],
    ["s3://state?profile=ops", { profile: "ops" }],
    [
      "s3://state?endpoint=http://127.0.0.1:9000&s3ForcePathStyle=true",
      { endpoint: "http://127.0.0.1:9000", pathStyle: true },
    ],
    [
      "s3://state?endpoint=https%3A%2F%2Fs3.example.com%2F&use_path_style=1",
      { endpoint: "https://s3.example.com", pathStyle: true },
    ],
    ["s3://state?endpoint=https://s3.example.com&disable_https=t", { endpoint: "http://s3.example.com" }],
    [
      "s3://state?endpoint=https://s3.example.com&hostname_immutable=true",
      { endpoint: "https://s3.example.com", pathStyle: true },
    ],
    ["s3://state?hostname_immutable=true", { bucket: "state" }],
    ["s3://state?s3ForcePathStyle=false", { pathStyle: false }],
    ["s3://state?dualstack=true&fips=true&accelerate=F", { dualStack: true, fips: true, accelerate: false }],
    ["s3://state?ssetype=AES256", { encryption: { type: "AES256" } }],
    ["s3://state?ssetype=aws:kms&kmskeyid=alias/state", { encryption: { type: "aws:kms", key: "alias/state" } }],
    ["s3://state?kmskeyid=k", { encryption: { type: "aws:kms", key: "k" } }],
    ["s3://state?request_checksum_calculation=when_required", { requestChecksum: "WHEN_REQUIRED" }],
    ["s3://state?response_checksum_validation=when_supported", { responseChecksum: "WHEN_SUPPORTED" }],
  ];
  for (const [url, expected] of right)
    it(`${url} is understood`, () => {
      const { url: given, ...place } = parseS3Url(url);
      assert.equal(given, url);
      assert.deepEqual(place, { bucket: "state", prefix: "", ...expected });
    });

  const wrong: [string, RegExp][] = [
    ["s3://", /expected a bucket's name, .*got none/],
    ["s3:///prefix", /expected a bucket's name/],
    ["s3://a b", /expected a bucket's name/],
    ["s3://user:hunter2@bucket", /expected a bucket's name/],
    ["s3://state/a/../b", /expected a prefix/],
    ["s3://state/%0a", /expected a prefix/],
    ["s3://state/%zz", /expected a prefix in URL encoding/],
    ["s3://state?regoin=x", /expected options region, endpoint, profile, .*got "regoin"/],
    ["s3://state?awssdk=v1", /expected awssdk=v2, got "v1"/],
    ["s3://state?endpoint=s3.example.com", /expected endpoint=https:/],
    ["s3://state?endpoint=https://user:hunter2@host", /without a user and a password/],
    ["s3://state?endpoint=ftp://user:hunter2@host", /expected endpoint=https:/],
    ["s3://state?s3ForcePathStyle=yes", /expected s3ForcePathStyle=true or s3ForcePathStyle=false, got "yes"/],
    ["s3://state?ssetype=rot13", /expected ssetype to be one of AES256/],
    ["s3://state?request_checksum_calculation=never", /when_supported or when_required/],
  ];
  for (const [url, message] of wrong)
    it(`${url} is refused`, () => {
      assert.throws(
        () => parseS3Url(url),
        (error: Error & { code: string }) => {
          assert.equal(error.code, "state_url_invalid");
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /hunter2/);
          return true;
        },
      );
    });

  it("what only the CLI does is refused by its name", () => {
    for (const option of ["role=arn:aws:iam::1:role/x", "anonymous=true", "rate_limiter_capacity=3"])
      assert.throws(() => parseS3Url(`s3://state?${option}`), { code: "engine_unsupported" });
    assert.throws(
      () => openBackend("gs://user:hunter2@state", "/", "/"),
      (error: Error & { code: string }) => {
        assert.equal(error.code, "engine_unsupported");
        assert.match(error.message, /only file:\/\/ and s3:\/\/ ones/);
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      },
    );
  });

  it("keys are the CLI's, below the prefix", () => {
    const backend = openBackend("s3://state/live?region=x", "/", "/");
    const id = { project: "tenant", stack: "production.acme" };
    const { stacks: _, ...ofStack } = paths;
    assert.deepEqual(
      Object.entries(ofStack).map(([name, of]) => `${name} ${of(backend, id)}`),
      [
        "stack live/.pulumi/stacks/tenant/production.acme.json",
        "tags live/.pulumi/stacks/tenant/production.acme.pulumi-tags",
        "history live/.pulumi/history/tenant/production.acme",
        "backups live/.pulumi/backups/tenant/production.acme",
        "locks live/.pulumi/locks/organization/tenant/production.acme",
      ],
    );
    assert.equal(paths.stacks(openBackend("s3://state", "/", "/"), "tenant"), ".pulumi/stacks/tenant");
    assert.equal(
      backend.store.show(paths.stack(backend, id)),
      "s3://state/live/.pulumi/stacks/tenant/production.acme.json?region=x",
    );
  });

  it("any text is a place, or an error that is ours", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (rest) => {
        try {
          const { bucket, prefix } = parseS3Url(`s3://${rest}`);
          assert.ok(bucket.length >= 3 && (prefix === "" || prefix.endsWith("/") || rest.includes("prefix=")));
        } catch (error) {
          assert.match((error as { code?: string }).code ?? String(error), /^(state_url_invalid|engine_unsupported)$/);
        }
      }),
    );
  });
});
