import { z } from "zod";
import { environmentName } from "../../model/environment.ts";
import { newRelease, version } from "../../model/release.ts";
import { adoptionView } from "../../model/console/adoption.ts";
import { pageOf, releaseView } from "../../model/views.ts";
import type { Deps } from "../deps.ts";
import { defaultLimit, pageQuery, reason, reasonBody } from "../http/parameters.ts";
import { route, type Route } from "../http/route.ts";

const ofEnvironment = z.strictObject({ env: environmentName });
const ofRelease = z.strictObject({ env: environmentName, version });
const list = "/v1/environments/{env}/releases";
const one = `${list}/{version}`;
const tag = "Releases";

export function releaseRoutes({ automation: { releases } }: Deps): Route[] {
  return [
    route({
      method: "post",
      path: list,
      id: "registerRelease",
      tag,
      summary: "Register a release",
      description: "A version is one content for good: registering the very same again changes nothing.",
      params: ofEnvironment,
      body: newRelease,
      answers: {
        200: { description: "The very same release was there already", schema: releaseView },
        201: { description: "Registered", schema: releaseView, headers: { Location: "Path of the release" } },
      },
      problems: ["release_exists", "digest_required", "promotion_source"],
      handle: async ({ params, body, call }) => {
        const { release, created } = await releases.register(params.env, body, call);
        const headers = { Location: `/v1/environments/${params.env}/releases/${release.version}` };
        return { status: created ? 201 : 200, body: release, headers };
      },
    }),
    route({
      method: "get",
      path: list,
      id: "listReleases",
      tag,
      summary: "List releases",
      params: ofEnvironment,
      query: pageQuery,
      answers: { 200: { description: "A page of them", schema: pageOf(releaseView) } },
      handle: async ({ params, query }) => ({
        status: 200,
        body: await releases.list(params.env, { limit: defaultLimit, ...query }),
      }),
    }),
    route({
      method: "get",
      path: one,
      id: "getRelease",
      tag,
      summary: "Read a release",
      params: ofRelease,
      answers: { 200: { description: "The release", schema: releaseView } },
      problems: ["release_not_found"],
      handle: async ({ params }) => ({ status: 200, body: await releases.get(params.env, params.version) }),
    }),
    route({
      method: "get",
      path: `${one}/adoption`,
      id: "readAdoption",
      tag,
      summary: "See how far a release has come",
      description: "Every tenant is counted once; each group lists the first by id.",
      params: ofRelease,
      query: pageQuery.pick({ limit: true }),
      answers: { 200: { description: "Who has it, moves to it, is held back, failed", schema: adoptionView } },
      problems: ["release_not_found"],
      handle: async ({ params: { env, version }, query: { limit = defaultLimit } }) => ({
        status: 200,
        body: await releases.adoption(env, version, limit),
      }),
    }),
    route({
      method: "post",
      path: `${one}/withdraw`,
      id: "withdrawRelease",
      tag,
      summary: "Withdraw a release",
      description: "From then on no tenant can be brought to it; those that run it keep running it.",
      params: ofRelease,
      body: reasonBody,
      answers: { 200: { description: "The release, withdrawn", schema: releaseView } },
      problems: ["release_not_found"],
      handle: async ({ params, body, call }) => ({
        status: 200,
        body: await releases.withdraw(params.env, params.version, { ...call, reason: body.reason }),
      }),
    }),
    route({
      method: "post",
      path: `${one}/promote`,
      id: "promoteRelease",
      tag,
      summary: "Bring a release to another environment",
      description:
        "The very same content, once a rollout or a new tenant with it has succeeded here. Repeating it changes nothing.",
      params: ofRelease,
      body: z.strictObject({ to: environmentName, reason }).meta({ id: "Promotion" }),
      answers: {
        200: { description: "It was there already", schema: releaseView },
        201: { description: "Promoted", schema: releaseView, headers: { Location: "Path of the release" } },
      },
      problems: ["release_not_found", "release_withdrawn", "not_proven", "promotion_source", "release_exists"],
      handle: async ({ params: { env, version }, body: { to, reason: why }, call }) => {
        const { release, created } = await releases.promote(env, version, to, { ...call, reason: why });
        const headers = { Location: `/v1/environments/${to}/releases/${version}` };
        return { status: created ? 201 : 200, body: release, headers };
      },
    }),
  ];
}
