/** Texts of numbers. */

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString("en-GB");
}

/** `1 tenant`, `3 tenants`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A share from 0 to 1 as percent, with as many digits as say something: `0 %`, `0.4 %`, `12 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0 || value >= 10) return `${Math.round(value)} %`;
  return `${Number(value.toPrecision(2))} %`;
}

/** Seconds as people read a latency: `12 ms`, `850 ms`, `1.4 s`. */
export function latency(seconds: number): string {
  if (seconds < 0.001) return "< 1 ms";
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return `${Number(seconds.toPrecision(2))} s`;
}

/** Requests per second: `0`, `0.3 /s`, `42 /s`. */
export function rate(perSecond: number): string {
  if (perSecond === 0) return "0 /s";
  return perSecond >= 10 ? `${count(Math.round(perSecond))} /s` : `${Number(perSecond.toPrecision(2))} /s`;
}

/** `sha256:0123456789ab…` of an image by digest; null for one by tag. */
export function shortDigest(image: string): string | null {
  const digest = /@(sha256:[0-9a-f]{12})[0-9a-f]*$/.exec(image)?.[1];
  return digest === undefined ? null : `${digest}…`;
}

/** `0 B`, `820 kB`, `1.4 GB`. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const at = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return `${Number((value / 1000 ** at).toPrecision(at === 0 ? 15 : 2))} ${units[at]!}`;
}
