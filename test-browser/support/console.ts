import assert from "node:assert/strict";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launch } from "./chromium.ts";

/** How long anything on the page may take: generous, since machines are slow at times and nothing here is timed. */
const patience = 30_000;

/** The console in a browser of its own. What the page complains of is kept, and fails the test that `checkQuiet` ends. */
export class ConsolePage {
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  private readonly complaints: string[] = [];

  private constructor(browser: Browser, context: BrowserContext, page: Page) {
    this.browser = browser;
    this.context = context;
    this.page = page;
    page.setDefaultTimeout(patience);
    page.on("pageerror", (error) => this.complaints.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "localhost" && hostname !== "127.0.0.1")
        this.complaints.push(`asked for ${request.url()}`);
    });
  }

  static async open(base: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<ConsolePage> {
    const browser = await launch();
    const context = await browser.newContext({ baseURL: base, viewport: { width: 1280, height: 900 }, ...options });
    return new ConsolePage(browser, context, await context.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }

  /** Fails where the page has complained of anything: errors, refused styles or scripts, requests to elsewhere. */
  checkQuiet(expected: RegExp = /^$/): void {
    const complaints = this.complaints.splice(0).filter((complaint) => !expected.test(complaint));
    assert.deepEqual(complaints, []);
  }

  goto(path: string): Promise<unknown> {
    return this.page.goto(path);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole("link", { name, ...(typeof name === "string" && { exact: true }) });
  }

  /** Fills the field with this label. */
  fill(label: string, text: string): Promise<void> {
    return this.page.getByLabel(label, { exact: false }).first().fill(text);
  }

  /** Waits until the page says this. */
  async sees(text: string | RegExp, timeout = patience): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor({ timeout });
  }

  /** Waits until nothing on the page is being loaded any more. */
  async loaded(): Promise<void> {
    await this.page.locator(".skeleton").first().waitFor({ state: "detached" });
  }

  /** Presses the button, gives the reason in the dialog that opens, and confirms by the button of that name. */
  async confirm(button: Locator, verb: string, reason: string): Promise<void> {
    await button.click();
    const dialog = this.page.getByRole("dialog");
    await dialog.getByLabel("Reason").fill(reason);
    await dialog.getByRole("button", { name: verb, exact: true }).click();
    await dialog.waitFor({ state: "detached" });
  }
}
