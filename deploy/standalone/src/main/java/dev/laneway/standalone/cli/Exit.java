package dev.laneway.standalone.cli;

/** What commands end with, where not with 0. */
public final class Exit {
    /** It could not do what it was asked, or what it looked at is not as it should be. */
    public static final int FAILED = 1;

    /** It was called wrongly. */
    public static final int WRONG_USAGE = 2;

    private Exit() {}
}
