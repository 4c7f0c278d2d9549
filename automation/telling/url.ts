import { isIP } from "node:net";
import { mayReach, type Reach } from "./addresses.ts";

/** Why a webhook can't have this URL, as `expected …` and what came; null where it can. Never with what a URL may hide. */
export function urlProblem(text: string, reach: Reach): { expected: string; received: string } | null {
  if (!URL.canParse(text)) return { expected: "a URL", received: "text that is none" };
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return { expected: "a URL that begins with https://", received: JSON.stringify(url.protocol) };
  }
  if (url.username || url.password) return { expected: "a URL without user and password", received: "one with them" };
  if (url.hash) return { expected: "a URL without a fragment (#)", received: "one with it" };
  const host = hostOf(url);
  const local = host === "localhost" || (isIP(host) > 0 && mayReach(host, "http:", reach));
  if (url.protocol === "http:" && !(reach.loopback && local)) return { expected: httpRule(reach), received: "http://" };
  if (isIP(host) > 0 && !mayReach(host, url.protocol, reach)) return { expected: addressRule, received: host };
  return null;
}

export const addressRule =
  "a public address (others only with TEAL_WEBHOOK_ALLOW_PRIVATE=true, and loopback in the sandbox)";

function httpRule({ loopback }: Reach): string {
  return loopback ? "https:// (http:// for loopback only)" : "https://";
}

/** The host's name or IP address, which in a URL has brackets if it is IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}
