/** pg-boss's queue. Its jobs say only which operation to look at; what is to be done is in the ledger. */
export const queueName = "wake";
/** Where immediate wake-ups are announced when their transaction commits. */
export const wakeChannel = "teal_wake";
