import type { Statement } from "../identity/policy.ts";

/** What has whose tag: offboarding looks for what is left of a tenant, and certificates are found again. It knows no resources. */
export const leftoverRights: Statement = { Sid: "SeeWhoseIsWhat", Action: ["tag:GetResources"], Resource: "*" };
