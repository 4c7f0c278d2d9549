import { hasChromium } from "./chromium.ts";

/** Without Chromium these tests are skipped, and say so once; where nothing may be skipped, that is a failure. */
export const mochaHooks = {
  beforeAll(this: Mocha.Context): void {
    if (hasChromium()) return;
    const message = "The browser tests need Chromium: apt-get install chromium, or name one by CHROMIUM.";
    if (process.env["CI"]) throw new Error(message);
    console.log(message);
    this.skip();
  },
};
