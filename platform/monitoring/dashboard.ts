export interface Panel {
  title: string;
  unit: string;
  /** PromQL by legend. */
  queries: Record<string, string>;
  description?: string;
}
export interface Dashboard {
  uid: string;
  title: string;
  /** Variables that are chosen above, by the query that lists their values. */
  variables: Record<string, string>;
  panels: Panel[];
}
