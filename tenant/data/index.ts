/** What the plain Pulumi CLI runs (tenant/data/Pulumi.yaml): the same program that Teal runs inline. */
export { tenantDataProgram as default } from "./program.ts";
