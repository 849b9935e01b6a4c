package dev.laneway.standalone;

/** What commands end with, where not with 0. */
final class Exit {
    /** It could not do what it was asked, or what it looked at is not as it should be. */
    static final int FAILED = 1;

    /** It was called wrongly. */
    static final int WRONG_USAGE = 2;

    private Exit() {}
}
