/** Colours as Pulumi marks them in text, and what becomes of the marks. */
export type Colorization = "always" | "never" | "raw";

const codes = {
  reset: "0",
  bold: "1",
  "fg 1": "38;5;1",
  "fg 2": "38;5;2",
  "fg 3": "38;5;3",
  "fg 5": "38;5;5",
  "fg 9": "38;5;9",
  "fg 10": "38;5;10",
  "fg 12": "38;5;12",
  "fg 13": "38;5;13",
  "fg 14": "38;5;14",
} as const;

const mark = (name: keyof typeof codes) => `<{%${name}%}>`;

export const color = {
  reset: mark("reset"),
  bold: mark("bold"),
  red: mark("fg 1"),
  green: mark("fg 2"),
  yellow: mark("fg 3"),
  magenta: mark("fg 5"),
  brightRed: mark("fg 9"),
  brightGreen: mark("fg 10"),
  brightBlue: mark("fg 12"),
  brightMagenta: mark("fg 13"),
  brightCyan: mark("fg 14"),
  headline: mark("fg 13") + mark("bold"),
} as const;

/** Replaces the marks by what a terminal understands, or by nothing. */
export function colorize(text: string, colorization: Colorization): string {
  if (colorization === "raw" || !text.includes("<{%")) return text;
  return text.replaceAll(/<\{%(.*?)%\}>/g, (_, name: string) =>
    colorization === "always" && Object.hasOwn(codes, name) ? `\u001b[${codes[name as keyof typeof codes]}m` : "",
  );
}

/** What `--color` says. Nobody's terminal is there to be found out about, so `auto` is without colours. */
export function colorizationOf(option: string | undefined): Colorization {
  return option === "always" || option === "raw" ? option : "never";
}
