package dev.laneway.router.plan;

/** What a request waits for. */
public enum WaitReason {
    /** The time before a further try of a hop. */
    BACKOFF("backoff"),
    /** The end of a pause or of a cooling of every deployment that could do it. */
    PAUSE("pause"),
    /** Room within a limit of every deployment that could do it. */
    LIMIT("limit"),
    /** A config that knows its route, or a worker that has the config in force. */
    CONFIG("config");

    private final String id;

    WaitReason(String id) {
        this.id = id;
    }

    /** The word used in metrics. */
    public String id() {
        return id;
    }
}
