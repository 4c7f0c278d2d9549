import { hasMoto } from "./moto.ts";

/** Without moto these tests are skipped, and say so once; where nothing may be skipped, that is a failure. */
export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    if (hasMoto()) return;
    const message = "The AWS tests need moto's server: pip install 'moto[server]', or PATH=$(.ci/moto).";
    if (process.env["CI"]) throw new Error(message);
    console.log(message);
    this.skip();
  },
};
