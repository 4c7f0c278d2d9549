import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM policy. */
export interface Statement {
  Sid: string;
  Effect?: "Allow" | "Deny";
  Principal?: pulumi.Input<Record<string, pulumi.Input<string | string[]>> | "*">;
  Action: string[];
  Resource: pulumi.Input<string> | pulumi.Input<string>[];
  Condition?: Record<string, Record<string, pulumi.Input<string | string[]>>>;
}

/** The statements as IAM takes them. What has no effect of its own allows. */
export function policy(statements: Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/** Lets a service of AWS take a role. */
export function serviceTrust(service: string, condition?: Statement["Condition"]): pulumi.Output<string> {
  const actions = service === "pods.eks.amazonaws.com" ? ["sts:AssumeRole", "sts:TagSession"] : ["sts:AssumeRole"];
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: service }, Action: actions, ...(condition && { Condition: condition }) },
    ],
  });
}
