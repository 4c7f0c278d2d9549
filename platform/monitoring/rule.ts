export interface Rule {
  record?: string;
  alert?: string;
  expr: string;
  for?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
export interface RuleGroup {
  name: string;
  interval?: string;
  rules: Rule[];
}

/** Somebody is to look now, or today. */
export const page = { severity: "page" };
export const ticket = { severity: "ticket" };
export const said = (summary: string, description: string) => ({ summary, description });
