import { request, type IncomingMessage } from "node:http";

export interface Sent {
  id?: string;
  event?: string;
  data?: string;
}

/** An open stream of server-sent events, read as they come. */
export interface EventStream {
  response: IncomingMessage;
  events: Sent[];
  /** Everything that came, comments too. */
  text(): string;
  /** Resolves once `done` holds; fails after five seconds. */
  until(done: () => boolean): Promise<void>;
  ended: Promise<void>;
  close(): void;
}

export function openStream(port: number, path: string, headers: Record<string, string> = {}): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, headers: { accept: "text/event-stream", ...headers } };
    const sent = request(options, (response) => {
      const events: Sent[] = [];
      let text = "";
      let seen = 0;
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        const blocks = text.split("\n\n");
        for (const block of blocks.slice(seen, -1)) {
          const event = parse(block);
          if (event.event !== undefined) events.push(event);
        }
        seen = blocks.length - 1;
      });
      const ended = new Promise<void>((done) => response.once("close", done));
      const close = () => void sent.destroy();
      resolve({ response, events, text: () => text, until, ended, close });
    });
    sent.once("error", reject);
    sent.end();
  });
}

function parse(block: string): Sent {
  const lines = block.split("\n").filter((line) => !line.startsWith(":"));
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2))) as Sent;
}

export async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!done()) {
    if (Date.now() > deadline) throw new Error("Expected it to happen within five seconds.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
