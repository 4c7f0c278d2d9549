const start = { wall: Date.now(), monotonic: process.hrtime.bigint() };

/** Unix time in nanoseconds: as file names of history and backups have it. Rises with every call. */
export function unixNanoseconds(): bigint {
  return BigInt(start.wall) * 1_000_000n + (process.hrtime.bigint() - start.monotonic);
}

/** Now, in RFC 3339 with nanoseconds, as Pulumi writes times to state. */
export function timestamp(): string {
  const now = unixNanoseconds();
  const seconds = new Date(Number(now / 1_000_000n)).toISOString().slice(0, 19);
  const fraction = String(now % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return fraction === "" ? `${seconds}Z` : `${seconds}.${fraction}Z`;
}
