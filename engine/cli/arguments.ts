import { unsupported } from "../unsupported.ts";

/** `flag` stands alone (or `--x=false`), `value` takes one, `list` may come again and again. */
type Kind = "flag" | "value" | "list";
export type Flags = Readonly<Record<string, Kind>>;

export interface Arguments {
  readonly positional: readonly string[];
  /** Options in the order they came: what `config set-all` needs. */
  readonly options: readonly { readonly name: string; readonly value: string }[];
  has(name: string): boolean;
  /** Whether the option stands alone or says yes or no. */
  isFlag(name: string): boolean;
  /** The last value given, if any. */
  get(name: string): string | undefined;
  all(name: string): string[];
}

/** Options that every command takes. */
const globalFlags: Flags = {
  stack: "value",
  cwd: "value",
  color: "value",
  "config-file": "value",
  "non-interactive": "flag",
  yes: "flag",
  json: "flag",
  logflow: "flag",
  logtostderr: "flag",
  verbose: "value",
  "disable-integrity-checking": "flag",
  "fully-qualify-stack-names": "flag",
  emoji: "flag",
};
/** Short forms; a command's own win, for `-f`, `-c` and `-d` mean what the command says. */
const short: Readonly<Record<string, string>> = {
  s: "stack",
  y: "yes",
  j: "json",
  C: "cwd",
  v: "verbose",
  m: "message",
  p: "parallel",
  r: "refresh",
  t: "target",
  a: "all",
};
const no = new Set(["false", "False", "FALSE", "f", "F", "0"]);

/** Parses what comes after the command's name. An option it doesn't know is refused, never ignored. */
export function parseArguments(
  command: string,
  args: readonly string[],
  own: Flags,
  ownShort: Readonly<Record<string, string>> = {},
): Arguments {
  const flags: Flags = { ...globalFlags, ...own };
  const positional: string[] = [];
  const options: { name: string; value: string }[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    if (arg === "--") {
      positional.push(...args.slice(i + 1));
      break;
    }
    if (!arg.startsWith("-") || arg === "-") {
      positional.push(arg);
      continue;
    }
    const [, dashes, given, attached] = /^(--?)([^=]*)(?:=(.*))?$/s.exec(arg)!;
    const name = dashes === "-" ? (ownShort[given!] ?? short[given!] ?? given!) : given!;
    const kind = Object.hasOwn(flags, name) ? flags[name]! : undefined;
    if (kind === undefined) throw unsupported(`the option ${arg} of \`pulumi ${command}\``);
    if (kind === "flag") options.push({ name, value: attached ?? "true" });
    else options.push({ name, value: attached ?? args[++i] ?? "" });
  }
  const all = (name: string) => options.filter((option) => option.name === name).map((option) => option.value);
  return {
    positional,
    options,
    all,
    get: (name) => all(name).at(-1),
    has: (name) => !no.has(all(name).at(-1) ?? "false"),
    isFlag: (name) => Object.hasOwn(flags, name) && flags[name] === "flag",
  };
}
