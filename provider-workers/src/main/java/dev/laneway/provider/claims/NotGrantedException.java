package dev.laneway.provider.claims;

/** Another worker claimed the attempt first. */
public final class NotGrantedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotGrantedException() {
        super("another worker has it", null, false, false);
    }
}
