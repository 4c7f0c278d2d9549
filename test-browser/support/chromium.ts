import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Debian's; playwright-core brings no browser of its own. */
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export function hasChromium(): boolean {
  return existsSync(executablePath);
}

/** Quiet, and as root too. Nothing of it calls home. */
export function launch(): Promise<Browser> {
  const args = [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Names of tenants below localhost are this machine's, whatever its resolver says.
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
  ];
  return chromium.launch({ executablePath, headless: true, args });
}
