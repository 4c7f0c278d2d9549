/** Kubernetes quantities in the one form that the API server gives back: `0.5` → `500m`, `1024Mi` → `1Gi`. */

const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const decimal: readonly (readonly [suffix: string, exponent: number])[] = [
  ["E", 18],
  ["P", 15],
  ["T", 12],
  ["G", 9],
  ["M", 6],
  ["k", 3],
  ["", 0],
  ["m", -3],
  ["u", -6],
  ["n", -9],
];
const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:(Ki|Mi|Gi|Ti|Pi|Ei)|([numkMGTPE])|[eE]([+-]?\d+))?$/;

/** Canonical text of a quantity; what is no quantity comes back as it is. */
export function canonicalQuantity(text: string): string {
  const match = form.exec(text);
  if (!match || `${match[2]}${match[3] ?? ""}` === "") return text;
  const [, sign, whole = "", fraction = "", binarySuffix, decimalSuffix, exponent] = match;
  const digits = BigInt(`${whole}${fraction}`);
  if (digits === 0n) return "0";
  const minus = sign === "-" ? "-" : "";
  if (binarySuffix !== undefined) {
    const scaled = digits * 1024n ** BigInt(binary.indexOf(binarySuffix));
    const divisor = 10n ** BigInt(fraction.length);
    if (scaled % divisor === 0n) return minus + inBinary(scaled / divisor);
    return minus + inDecimal((scaled * 10n ** 9n + divisor - 1n) / divisor, -9);
  }
  const scale =
    (decimalSuffix ? decimal.find(([suffix]) => suffix === decimalSuffix)![1] : Number(exponent ?? 0)) -
    fraction.length;
  return exponent === undefined ? minus + inDecimal(digits, scale) : minus + inExponents(digits, scale);
}

function inBinary(value: bigint): string {
  let [amount, power] = [value, 0];
  while (amount % 1024n === 0n && power < binary.length - 1) {
    amount /= 1024n;
    power++;
  }
  return `${amount}${binary[power]}`;
}

/** Digits times ten to the `scale`; anything finer than a billionth is rounded up, as Kubernetes does. */
function inDecimal(digits: bigint, scale: number): string {
  const nano =
    scale >= -9
      ? digits * 10n ** BigInt(scale + 9)
      : (digits + 10n ** BigInt(-9 - scale) - 1n) / 10n ** BigInt(-9 - scale);
  for (const [suffix, exponent] of decimal) {
    const unit = 10n ** BigInt(exponent + 9);
    if (nano % unit === 0n) return `${nano / unit}${suffix}`;
  }
  return String(nano);
}

function inExponents(digits: bigint, scale: number): string {
  let [amount, power] = [digits, scale];
  while (power % 3 !== 0) {
    amount *= 10n;
    power--;
  }
  while (amount % 1000n === 0n) {
    amount /= 1000n;
    power += 3;
  }
  return power === 0 ? String(amount) : `${amount}e${power}`;
}
