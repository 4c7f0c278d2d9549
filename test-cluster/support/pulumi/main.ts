/**
 * Stands in for the Pulumi CLI where that is not to be had: takes the same commands, and has Teal's engine run them. A
 * program is run as the CLI runs it, from Pulumi.yaml and as a process of its own.
 */
import { createPulumiCommand } from "../../../engine/command.ts";
import { serveLanguageHost } from "./languageHost.ts";

/** What the Automation API's types don't show of its PulumiCommand. */
interface Command {
  run(
    args: string[],
    cwd: string,
    env: Record<string, string>,
    onOutput: (text: string) => void,
  ): Promise<{ stdout: string }>;
}

async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name !== "up" && name !== "preview") return run(args);
  // Before the command is made: it would call a server of its own process without gRPC, which the CLI doesn't.
  const host = await serveLanguageHost(process.cwd());
  const client = `--client=${host.address}`;
  try {
    // As the CLI does it: a program that fails its preview is no update.
    if (name === "up" && !rest.includes("--skip-preview")) await run(["preview", ...rest.filter(isForBoth), client]);
    await run([...args, client]);
  } finally {
    host.close();
  }
}

const isForBoth = (argument: string) => argument !== "--yes" && argument !== "-y";

async function run(args: string[]): Promise<void> {
  const command = (await createPulumiCommand()) as unknown as Command;
  let streamed = "";
  const onOutput = (text: string) => {
    streamed += text;
    process.stdout.write(text);
  };
  const { stdout } = await command.run(args, process.cwd(), {}, onOutput);
  if (streamed === "") process.stdout.write(stdout);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 255;
});
