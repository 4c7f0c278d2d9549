/** A cluster as AWS has it. */
export interface ClusterThere {
  engine: string;
  /** Of the engine, such as `17.5`. */
  version: string;
  status: string;
  port: number;
  /** Its master user. */
  admin: string;
  /** IAM authentication is on. */
  iam: boolean;
  /** ARN; null: it is not encrypted. */
  key: string | null;
  vpc: string | null;
  securityGroups: string[];
  instances: number;
  tags: Record<string, string>;
}

/** A bucket as AWS has it. */
export interface BucketThere {
  /** Old versions of objects are kept. */
  versioned: boolean;
  /** ARN of the key that new objects are encrypted with; null: one of AWS's own. */
  key: string | null;
  /** All public access is blocked. */
  closed: boolean;
  tags: Record<string, string>;
}

/** Looks at what there is on AWS, whoever made it. Both throw TealError `adopted_data_unreadable`. */
export interface DataThere {
  /** Null: there is none in this region. */
  cluster(identifier: string): Promise<ClusterThere | null>;
  /** Null: there is none; `elsewhere`: the region that it is in, which is not this one. */
  bucket(name: string): Promise<BucketThere | { elsewhere: string } | null>;
}
