/** How two texts differ, line by line: the longest common subsequence, as runs of lines. */
export interface Run {
  readonly kind: "same" | "delete" | "insert";
  readonly lines: readonly string[];
}

/** Texts with more lines than this on both sides are told as one deletion and one insertion. */
const tooMany = 2000;

export function diffLines(old: string, next: string): Run[] {
  const a = old.split("\n");
  const b = next.split("\n");
  if (a.length * b.length > tooMany * tooMany)
    return [
      { kind: "delete", lines: a },
      { kind: "insert", lines: b },
    ];
  const lengths = commonLengths(a, b);
  const runs: { kind: Run["kind"]; lines: string[] }[] = [];
  const put = (kind: Run["kind"], line: string) => {
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length)
    if (i < a.length && j < b.length && a[i] === b[j]) {
      put("same", a[i++]!);
      j++;
    } else if (j >= b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) put("delete", a[i++]!);
    else put("insert", b[j++]!);
  return runs;
}

/** `[i][j]`: how many lines `a` from `i` on and `b` from `j` on have in common. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i]![j] = a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  return lengths;
}
