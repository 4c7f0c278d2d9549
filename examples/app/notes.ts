import type { IncomingMessage, ServerResponse } from "node:http";
import type { Store } from "./store.ts";

const longestBody = 64 * 1024;
const longestText = 10_000;

export type Reply = (response: ServerResponse, status: number, body: object) => void;

/**
 * Answers `GET /notes`, `POST /notes {text}` and `GET /notes/{id}`.
 * @param store undefined where the application has none: then there is nothing here
 */
export async function answerNotes(
  store: Store | undefined,
  color: string | null,
  {
    request,
    response,
    path,
    reply,
  }: { request: IncomingMessage; response: ServerResponse; path: string; reply: Reply },
): Promise<void> {
  const refuse = (status: number, error: string, message: string): void => reply(response, status, { error, message });
  if (store === undefined)
    return refuse(404, "no_store", "This copy has no store: it was started without TEAL_DATA_DIR.");
  const id = path === "/notes" ? undefined : path.slice("/notes/".length);
  const { method = "GET" } = request;
  if (method === "POST" && id === undefined) {
    const text = textOf(await bodyOf(request));
    if (text !== undefined) reply(response, 201, store.add(text, color));
    else refuse(400, "bad_request", `Expected JSON with a text of 1 to ${longestText} characters: {"text":"…"}.`);
  } else if (method !== "GET") refuse(405, "method_not_allowed", `${method} is not for ${path}.`);
  else if (id === undefined) reply(response, 200, store.list());
  else {
    const note = /^\d{1,15}$/.test(id) ? store.get(Number(id)) : undefined;
    if (note !== undefined) reply(response, 200, note);
    else refuse(404, "not_found", `There is no note ${id}.`);
  }
}

function textOf(body: string | undefined): string | undefined {
  try {
    const { text } = JSON.parse(body ?? "") as { text?: unknown };
    return typeof text === "string" && text.length > 0 && text.length <= longestText ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
  }
  return length <= longestBody ? Buffer.concat(chunks).toString("utf8") : undefined;
}
