/** The Pulumi whose formats and behaviour this engine follows; what it reports itself to be. */
export const pulumiVersion = "v3.270.0";
