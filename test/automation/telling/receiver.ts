import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { noticeBody, type NoticeBody } from "../../../model/notice.ts";

export interface Received {
  id: string;
  verified: boolean;
  body: NoticeBody;
  headers: IncomingHttpHeaders;
  text: string;
}

export type Answering = (response: ServerResponse, count: number) => void;

export interface Receiver {
  url: string;
  received: Received[];
  /** How calls are answered from now on; `count` is 1 for the first call. */
  answer(how: Answering): void;
  /** Resolves once `count` calls have come; fails after ten seconds. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export const answering =
  (status: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    void response.writeHead(status, headers).end("thanks");

/** A receiver of webhooks on loopback, which checks what it gets as docs/notifications.md says. */
export async function openReceiver(secret: string): Promise<Receiver> {
  const received: Received[] = [];
  let how = answering(204);
  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const { "webhook-id": id } = request.headers;
      const body = noticeBody.parse(JSON.parse(text));
      received.push({
        id: String(id),
        verified: verifies(secret, request.headers, text),
        body,
        headers: request.headers,
        text,
      });
      how(response, received.length);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/hook?team=ops`,
    received,
    answer: (next) => void (how = next),
    until: (count) =>
      until(
        () => received.length >= count,
        `${count} calls`,
        () => `got ${received.length}`,
      ),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** What a receiver does to know a call for Teal's own, written without Teal's code. */
export function verifies(secret: string, headers: IncomingHttpHeaders, text: string): boolean {
  const timestamp = Number(headers["webhook-timestamp"]);
  if (Math.abs(Date.now() / 1000 - timestamp) > 300) return false;
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
  const expected = createHmac("sha256", key)
    .update(`${String(headers["webhook-id"])}.${timestamp}.${text}`)
    .digest();
  const [version, signature = ""] = String(headers["webhook-signature"]).split(",");
  const given = Buffer.from(signature, "base64");
  return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
}

export async function until(done: () => boolean | Promise<boolean>, what: string, seen = () => ""): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await done())) {
    if (Date.now() > deadline) throw new Error(`Expected ${what} within ten seconds; ${seen()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
