/** An IPv4 range as numbers. */
export interface Block {
  /** Its first address. */
  base: number;
  prefix: number;
  /** Whether what was written is the range's first address. */
  isNetwork: boolean;
}

/** Reads `10.64.0.0/16`, which has to be a valid range. */
export function blockOf(cidr: string): Block {
  const [address = "", length = ""] = cidr.split("/");
  const prefix = Number(length);
  const written = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const base = written - (written % 2 ** (32 - prefix));
  return { base, prefix, isNetwork: base === written };
}

export function cidrOf({ base, prefix }: Pick<Block, "base" | "prefix">): string {
  const parts = [24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256);
  return `${parts.join(".")}/${prefix}`;
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [blockOf(outer), blockOf(inner)];
  return b.prefix >= a.prefix && b.base >= a.base && b.base < a.base + 2 ** (32 - a.prefix);
}
