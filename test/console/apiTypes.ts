import openapiTypes, { astToString } from "openapi-typescript";
import { startServer } from "../server/support/harness.ts";

/** Where the console has the types of the API's requests and answers. */
export const apiTypesFile = new URL("../../console/src/api/schema.d.ts", import.meta.url);

/** The types, made anew from the document that the server gives. */
export async function apiTypes(): Promise<string> {
  const server = await startServer();
  try {
    const { text } = await server.call("GET", "/v1/openapi.json");
    // What has a default needn't be sent, but is always there in an answer.
    const nodes = await openapiTypes(text, { alphabetize: false, defaultNonNullable: false });
    return `// Made by \`npm run console:types\` from the OpenAPI document: not to be changed by hand.\n${astToString(nodes)}`;
  } finally {
    await server.close();
  }
}
