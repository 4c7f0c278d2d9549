import { BlockList, isIP } from "node:net";

/** Which addresses a webhook may have, besides public ones. */
export interface Reach {
  /** The sandbox's receivers run on its own machine, and have no certificates. */
  loopback: boolean;
  /** Any address: receivers are inside the company's network. */
  private: boolean;
}

/** Addresses of no single host on the public internet (IANA's special-purpose registries), and of clouds' own services. */
const special = new BlockList();
const v4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
  // Azure's metadata and host services.
  "168.63.129.16/32",
];
// Within 2000::/3: protocol assignments (Teredo among them), documentation, 6to4.
const v6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];
for (const range of v4) add(special, range, "ipv4");
for (const range of v6) add(special, range, "ipv6");

/** All that is routed publicly is in here: loopback, local, mapped and translated (NAT64) addresses are not. */
const globalUnicast = new BlockList();
add(globalUnicast, "2000::/3", "ipv6");

const loopback = new BlockList();
add(loopback, "127.0.0.0/8", "ipv4");
loopback.addAddress("::1", "ipv6");

function add(list: BlockList, range: string, family: "ipv4" | "ipv6"): void {
  const [net, bits] = range.split("/") as [string, string];
  list.addSubnet(net, Number(bits), family);
}

/** Whether a call may go to this IP address. Without TLS it never leaves the machine. */
export function mayReach(address: string, protocol: string, reach: Reach): boolean {
  const local = reach.loopback && isLoopback(address);
  return protocol === "https:" ? local || reach.private || isPublic(address) : local;
}

/** An address as the internet at large reaches it. What is no IP address isn't. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, "ipv4");
    case 6:
      return globalUnicast.check(address, "ipv6") && !special.check(address, "ipv6");
    default:
      return false;
  }
}

function isLoopback(address: string): boolean {
  const family = isIP(address);
  // A mapped address is none: BlockList would look through it.
  if (family === 6) return /^[0:]*:0*1$/.test(address) && loopback.check(address, "ipv6");
  return family === 4 && loopback.check(address, "ipv4");
}
