/** Header by which a request asks for the color under preview; the route's preview rule matches its value, a secret token. */
export const previewHeader = "teal-preview";

/**
 * Header with which the preview rule answers: the color it went to. Without it in the answer, the rule is not in force,
 * and the answer says nothing of the release that was to be checked.
 */
export const colorHeader = "teal-color";

/**
 * Annotation of an HTTPRoute: `"cookie"` asks the gateway to lead a user, told by a cookie, to the same backend as long as
 * that one's share does not fall. The Gateway API's own `sessionPersistence` would keep users of the old release there
 * whatever the weights, and is no part of its standard channel.
 */
export const affinityAnnotation = "teal.dev/affinity";

/**
 * Annotation of the HTTPRoute of a tenant that isn't served: `"true"` where it was suspended, `"maintenance"` while it is
 * worked on. A gateway that knows it can say so in its answers.
 */
export const suspendedAnnotation = "teal.dev/suspended";

/** Annotation of an HTTPRoute that leads to a Service in another namespace: the color that this is the copy of. */
export const adoptedAnnotation = "teal.dev/adopted";
