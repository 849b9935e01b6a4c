package dev.laneway.dialects;

/**
 * How an answer is to look to its caller.
 *
 * @param requestId the gateway's id of the request; a translated answer derives its own id from it
 * @param model the name to show in place of the vendor's model id; empty to show the vendor's
 * @param createdAt seconds since the epoch, for answers that show it
 * @param includeUsage whether the caller of a stream asked to see usage
 */
public record RenderContext(String requestId, String model, long createdAt, boolean stream, boolean includeUsage) {}
