import assert from "node:assert/strict";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startMoto, type Moto } from "./support/moto.ts";

describe("the stand-in for AWS", () => {
  let moto: Moto;
  before(async () => {
    moto = await startMoto();
  });
  after(() => moto.stop());

  it("answers the SDK's clients, with an account that is nobody's", async () => {
    const sts = new STSClient(moto.client);
    const { Account } = await sts.send(new GetCallerIdentityCommand({}));
    assert.equal(Account, "123456789012");
  });
});
