import createClient from "openapi-fetch";
import { identityHeaders, token, tokenWanted } from "./identity.ts";
import { Problem, unreachable } from "./problem.ts";
import type { paths } from "./schema.d.ts";

/** The API, with the types of its document. */
export const api = createClient<paths>({ baseUrl: location.origin });

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(identityHeaders())) request.headers.set(name, value);
    return request;
  },
  onResponse({ response }) {
    if (response.status === 401) askForToken();
  },
});

export function askForToken(): void {
  token.set("");
  tokenWanted.set(true);
}

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer; a `Problem` where it is no success or none comes. */
export async function body<T>(sent: Promise<Answered<T>>): Promise<T> {
  return (await whole(sent)).data;
}

/** Body and response of an answer, for those that need its headers too. */
export async function whole<T>(sent: Promise<Answered<T>>): Promise<{ data: T; response: Response }> {
  const answered = await sent.catch((error: unknown) => {
    // fetch throws a TypeError when no answer comes.
    throw error instanceof TypeError ? unreachable() : error;
  });
  const { data, error, response } = answered;
  if (!response.ok) throw new Problem(response.status, isObject(error) ? error : {});
  return { data: data as T, response };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
