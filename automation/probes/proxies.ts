import { randomUUID } from "node:crypto";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { Figures } from "./dialects/rows.ts";
import { fetchFigures } from "./exposition.ts";
import { Tally } from "./tally.ts";

export interface FiguresReader {
  /** All that the gateway has counted, over all of its proxies. Throws where one of them does not answer. */
  read(timeoutMs: number): Promise<Figures>;
  /** Set where these are sums of this process's own, which others can't go on from. */
  counter?: string;
}

/** All addresses of a host name. */
type Addresses = (host: string) => Promise<string[]>;

const addressesOf: Addresses = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

/**
 * Reads a gateway's figures from `url`. Each proxy counts for itself, so behind a host name (a headless Service) each of its
 * addresses is read, and their counts are summed. An address stands for one gateway.
 */
export function openFigures(url: string, resolve: Addresses = addressesOf): FiguresReader {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, "");
  // By an address a certificate could not be checked.
  if (isIP(host) || host === "localhost" || protocol !== "http:")
    return { read: (timeoutMs) => fetchFigures(url, timeoutMs) };
  const tally = new Tally();
  return {
    counter: randomUUID(),
    async read(timeoutMs) {
      const addresses = await resolve(host);
      const read = await Promise.all(addresses.map((address) => fetchFigures(at(url, address), timeoutMs)));
      const colorless = new Map(read.flatMap((figures) => [...figures.colorless]));
      const now = Date.now();
      addresses.forEach((address, index) => tally.take(address, read[index]!.counts, now));
      return { counts: tally.totals(now), colorless };
    },
  };
}

function at(url: string, address: string): URL {
  const there = new URL(url);
  there.hostname = isIP(address) === 6 ? `[${address}]` : address;
  return there;
}
