import { hasChromium } from "./support/chromium.ts";

/* Said before `npm test`, which doesn't run them: they take minutes and a browser. */
console.log(
  hasChromium()
    ? "Not among these: the browser tests. Run them by: npm run test:browser"
    : "Skipped: the browser tests. They need Chromium (apt-get install chromium); then: npm run test:browser",
);
