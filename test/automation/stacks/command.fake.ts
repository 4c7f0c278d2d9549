import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import {
  ConcurrentUpdateError,
  CommandError,
  StackNotFoundError,
  type PulumiCommand,
} from "@pulumi/pulumi/automation/index.js";

/** A PulumiCommand that knows which stacks there are and fails as it is told: for what Teal does around a command. */
export class FakeCommand {
  readonly command = "fake";
  readonly version = { toString: () => "3.270.0" };
  readonly stacks = new Set<string>();
  /** Every command that was run, without its options. */
  readonly ran: string[] = [];
  /** Settings file of the stack at the last `up` or `preview`. */
  settings = "";
  /** What stderr holds of the next runs of a verb; one is used up by each. */
  readonly failures = new Map<string, string[]>();
  /** The state that `stack export` gives. */
  state: object = { version: 3, deployment: {} };
  imported: string | null = null;
  /** What `stack output` and `stack history` print. */
  outputs: object = {};
  history: object[] = [];

  as(): PulumiCommand {
    return this as unknown as PulumiCommand;
  }

  async run(args: string[], cwd: string) {
    const words = args.slice(
      0,
      args.findIndex((arg) => arg.startsWith("-")),
    );
    const verb = words[0] === "stack" ? words.slice(0, 2).join(" ") : words[0]!;
    const stack = args.includes("--stack")
      ? args[args.indexOf("--stack") + 1]!
      : args.findLast((a) => a.includes("."))!;
    this.ran.push(verb);
    const failure = this.failures.get(verb)?.shift();
    if (failure !== undefined) throw error(failure);
    if (verb !== "stack init" && !this.stacks.has(stack)) throw error(`error: no stack named '${stack}' found`);
    if (verb === "stack init") this.stacks.add(stack);
    if (verb === "stack rm") this.stacks.delete(stack);
    const file = join(cwd, `Pulumi.${stack}.yaml`);
    if ((verb === "up" || verb === "preview") && existsSync(file)) this.settings = readFileSync(file, "utf8");
    if (verb === "stack import") this.imported = readFileSync(args[args.indexOf("--file") + 1]!, "utf8");
    const answers: Record<string, string> = {
      "stack output": JSON.stringify(this.outputs),
      "stack history": JSON.stringify(this.history),
      "stack export": JSON.stringify(this.state),
    };
    return { stdout: answers[verb] ?? "", stderr: "", code: 0, toString: () => "" };
  }
}

function error(stderr: string): Error {
  const kinds: [RegExp, typeof CommandError][] = [
    [/no stack named/, StackNotFoundError],
    [/currently locked/, ConcurrentUpdateError],
    [/./, CommandError],
  ];
  const [, Kind] = kinds.find(([pattern]) => pattern.test(stderr))!;
  const result = { stdout: "", stderr, code: 255, toString: () => `code: 255\n stderr: ${stderr}` };
  return new (Kind as unknown as new (result: object) => Error)(result);
}
