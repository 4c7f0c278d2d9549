import { z } from "zod";

export const environmentName = z
  .string()
  .regex(/^[a-z][a-z0-9]{0,14}$/, {
    error: "Expected a lower-case letter, then at most 14 lower-case letters or digits.",
  })
  .meta({ description: "Name of a declared environment", example: "production" });

/** Whether Teal changes what is in an environment, or only looks. */
export const environmentModes = ["manage", "observe"] as const;
export type EnvironmentMode = (typeof environmentModes)[number];
