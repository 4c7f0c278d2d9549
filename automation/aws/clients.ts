/** Settings of the SDK's clients that tests give: where they lead and as whom. */
export type Given = object;

/**
 * How every client asks: four tries with the SDK's own growing, jittered pauses; five seconds to reach AWS, two minutes in
 * which nothing at all comes (S3 sends blanks while it copies). Whoever asks waits longer between tries of its own.
 */
const asking = {
  maxAttempts: 4,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 5000, socketTimeout: 120_000 },
};

/** A client of the SDK. Region, endpoint and credentials are as its own environment variables say, if nothing else is given. */
export function openClient<Client>(
  Service: new (options: typeof asking & { region?: string }) => Client,
  given: Given = {},
): Client {
  // Its own copy each: the SDK writes into what it is given.
  return new Service({ ...asking, requestHandler: { ...asking.requestHandler }, ...given });
}
