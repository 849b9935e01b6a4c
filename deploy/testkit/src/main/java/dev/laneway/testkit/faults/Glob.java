package dev.laneway.testkit.faults;

/**
 * A pattern in which {@code *} stands for any characters, none included; the rest is literal.
 *
 * @param text the pattern as written
 */
public record Glob(String text) {
    /** Matches everything. */
    public static final Glob ANY = new Glob("*");

    /** Whether the whole of {@code value} fits. */
    public boolean matches(String value) {
        int pattern = 0;
        int at = 0;
        int lastStar = -1;
        int retry = 0;
        while (at < value.length()) {
            if (pattern < text.length() && text.charAt(pattern) == '*') {
                lastStar = pattern++;
                retry = at;
            } else if (pattern < text.length() && text.charAt(pattern) == value.charAt(at)) {
                pattern++;
                at++;
            } else if (lastStar >= 0) {
                pattern = lastStar + 1;
                at = ++retry;
            } else {
                return false;
            }
        }
        return text.substring(pattern).chars().allMatch(c -> c == '*');
    }
}
