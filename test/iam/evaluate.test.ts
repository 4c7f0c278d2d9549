import assert from "node:assert/strict";
import { isAllowed, matches, type Attempt, type Policies, type Statement } from "./evaluate.ts";

const role = "arn:aws:iam::123456789012:role/app";
const attempt = (changes: Partial<Attempt> = {}): Attempt => ({
  action: "s3:GetObject",
  resource: "arn:aws:s3:::bucket/a/b",
  principal: role,
  context: {},
  ...changes,
});
const document = (...Statement: Statement[]) => ({ Statement });
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Action: ["s3:GetObject"],
  Resource: "arn:aws:s3:::bucket/*",
  ...more,
});
const everybody = { Principal: "*" } as const;
const rootOnly = { AWS: "arn:aws:iam::123456789012:root" };
const via = { StringEquals: { "kms:ViaService": ["s3.amazonaws.com", "ssm.amazonaws.com"] } };
const cnames = { "ForAllValues:StringEquals": { type: ["CNAME"] } };
const notMine = { ArnNotEquals: { "aws:PrincipalArn": role } };
const unlike = { StringNotEqualsIfExists: { key: "mine" } };
const saidAndUnlike = { StringNotEquals: { key: "mine" }, Null: { key: "false" } };

/** By AWS's documents: reference_policies_evaluation-logic, reference_policies_elements_condition_operators. */
const table: [what: string, policies: Policies, attempt: Attempt, allowed: boolean][] = [
  ["nobody says anything", { identity: [] }, attempt(), false],
  ["the role's policy allows it", { identity: [document(allow())] }, attempt(), true],
  ["actions are the same in any case", { identity: [document(allow({ Action: "S3:getobject" }))] }, attempt(), true],
  ["an action by wildcard", { identity: [document(allow({ Action: "s3:Get*" }))] }, attempt(), true],
  ["another action", { identity: [document(allow())] }, attempt({ action: "s3:PutObject" }), false],
  ["another resource", { identity: [document(allow())] }, attempt({ resource: "arn:aws:s3:::bucket-b/a" }), false],
  ["all but an action", { identity: [document(allow({ Action: undefined!, NotAction: "s3:Put*" }))] }, attempt(), true],
  ["just that action", { identity: [document(allow({ Action: undefined!, NotAction: "s3:Get*" }))] }, attempt(), false],
  ["denied elsewhere", { identity: [document(allow(), allow({ Effect: "Deny" }))] }, attempt(), false],
  [
    "denied by the resource",
    { identity: [document(allow())], resource: document(allow({ Effect: "Deny", ...everybody })) },
    attempt(),
    false,
  ],
  [
    "allowed by the resource alone",
    { identity: [], resource: document(allow({ Principal: { AWS: role } })) },
    attempt(),
    true,
  ],
  [
    "the resource allows another",
    { identity: [], resource: document(allow({ Principal: { AWS: `${role}-b` } })) },
    attempt(),
    false,
  ],
  [
    "the account's root alone lets nobody in",
    { identity: [], resource: document(allow({ Principal: rootOnly })) },
    attempt(),
    false,
  ],
  [
    "a key leaves it to the account",
    { identity: [document(allow())], resource: document(allow({ Principal: rootOnly })), resourceDecides: true },
    attempt(),
    true,
  ],
  [
    "a key that says nothing",
    { identity: [document(allow())], resource: document(), resourceDecides: true },
    attempt(),
    false,
  ],
  [
    "a condition on one of several",
    { identity: [document(allow({ Condition: via }))] },
    attempt({ context: { "kms:ViaService": "ssm.amazonaws.com" } }),
    true,
  ],
  [
    "a condition on another",
    { identity: [document(allow({ Condition: via }))] },
    attempt({ context: { "kms:ViaService": "rds.amazonaws.com" } }),
    false,
  ],
  ["a condition on what is not said", { identity: [document(allow({ Condition: via }))] }, attempt(), false],
  [
    "a negated one on who it is",
    { identity: [document(allow(), allow({ Effect: "Deny", Condition: notMine }))] },
    attempt({ context: { "aws:PrincipalArn": role } }),
    true,
  ],
  [
    "a negated one on somebody else",
    { identity: [document(allow(), allow({ Effect: "Deny", Condition: notMine }))] },
    attempt({ context: { "aws:PrincipalArn": `${role}-b` } }),
    false,
  ],
  [
    "one that holds unless it is said",
    { identity: [document(allow(), allow({ Effect: "Deny", Condition: unlike }))] },
    attempt(),
    false,
  ],
  [
    "one on what is said, which it is not",
    { identity: [document(allow(), allow({ Effect: "Deny", Condition: saidAndUnlike }))] },
    attempt(),
    true,
  ],
  [
    "one on what is said to be another",
    { identity: [document(allow(), allow({ Effect: "Deny", Condition: saidAndUnlike }))] },
    attempt({ context: { key: "yours" } }),
    false,
  ],
  [
    "many values that all fit",
    { identity: [document(allow({ Condition: cnames }))] },
    attempt({ context: { type: ["CNAME", "CNAME"] } }),
    true,
  ],
  [
    "many values of which one doesn't",
    { identity: [document(allow({ Condition: cnames }))] },
    attempt({ context: { type: ["CNAME", "A"] } }),
    false,
  ],
  ["no value of many", { identity: [document(allow({ Condition: cnames }))] }, attempt(), true],
  [
    "buckets of an environment called teal are the platform's too: its config refuses that name",
    { identity: [document(allow({ Resource: "arn:aws:s3:::teal-*" }))] },
    attempt({ resource: "arn:aws:s3:::teal-production-state-1" }),
    true,
  ],
];

describe("test/iam/evaluate", () => {
  for (const [what, policies, tried, allowed] of table) {
    it(`${what}: ${allowed ? "allowed" : "denied"}`, () => assert.equal(isAllowed(policies, tried), allowed));
  }
  it("throws on an operator that it doesn't know", () => {
    const Condition = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
    assert.throws(() => isAllowed({ identity: [document(allow({ Condition }))] }, attempt()), /IpAddress/);
  });
  it("takes nothing in a pattern but * and ? for more than itself", () => {
    assert.ok(matches("a.b*", "a.b/c:d"));
    assert.ok(!matches("a.b", "axb"));
    assert.ok(matches("a?", "ab") && !matches("a?", "a"));
  });
});
