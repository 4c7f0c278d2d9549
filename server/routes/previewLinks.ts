import { z } from "zod";
import { previewLinkView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { route, type Route } from "../http/route.ts";
import { previewParameter } from "../preview/preview.ts";

const params = z.strictObject({ id: z.uuid().meta({ description: "The operation's id" }) });

const body = z
  .strictObject({
    minutes: z
      .int()
      .min(1)
      .max(24 * 60)
      .default(60)
      .meta({ description: "How long it is good, at most a day; it ends with the preview in any case" }),
  })
  .meta({ id: "NewPreviewLink" });

export function previewLinkRoutes({ automation: { operations }, previewUrl }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: "/v1/operations/{id}/preview-link",
      id: "makePreviewLink",
      tag: "Operations",
      summary: "Make a link to the new color",
      description: "Whoever has the link sees the color under preview in a browser, without signing in.",
      params,
      body,
      bodyOptional: true,
      answers: { 201: { description: "The link", schema: previewLinkView } },
      problems: ["operation_not_found", "preview_closed"],
      handle: async ({ params, body, call }) => {
        const { token, expiresAt } = await operations.makePreviewLink(params.id, body.minutes, call);
        const url = new URL(previewUrl);
        url.searchParams.set(previewParameter, token);
        return { status: 201, body: { url: url.href, expiresAt: expiresAt.toISOString() } };
      },
    }),
  ];
}
