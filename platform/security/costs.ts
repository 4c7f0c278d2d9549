import * as pulumi from "@pulumi/pulumi";
import { Budget } from "@pulumi/aws/budgets/budget.js";
import { CostAllocationTag } from "@pulumi/aws/costexplorer/costAllocationTag.js";
import type { PlatformConfig } from "../config/schema.ts";
import { prefixOf } from "../names.ts";
import { costTags } from "../tags.ts";

/** Percent of the budget: what was spent by then, and what the month is forecast to come to. */
const thresholds = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 110 },
] as const;

/** Who is told before the money is gone, and the tags that costs are split by: per environment and per tenant. */
export class Costs extends pulumi.ComponentResource {
  constructor(name: string, { environment, costs }: PlatformConfig, options: pulumi.ComponentResourceOptions) {
    super("teal:platform:Costs", name, {}, options);
    const under = { parent: this };
    new Budget(
      "month",
      {
        name: `${prefixOf(environment)}-month`,
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: costs.monthlyUsd.toFixed(2),
        limitUnit: "USD",
        notifications: thresholds.map((threshold) => ({
          ...threshold,
          thresholdType: "PERCENTAGE",
          comparisonOperator: "GREATER_THAN",
          subscriberEmailAddresses: costs.emails,
        })),
      },
      under,
    );
    for (const tagKey of costs.allocationTags ? costTags : []) {
      new CostAllocationTag(tagKey, { tagKey, status: "Active" }, under);
    }
    this.registerOutputs({});
  }
}
