package dev.laneway.testkit.wire;

import dev.laneway.testkit.answers.Mix;

/**
 * What an answer calls itself.
 *
 * @param bits the call's own
 * @param created seconds since 1970
 */
public record CallIds(long bits, long created) {
    /** A vendor's id: its prefix and so many letters and digits. */
    public String id(String prefix, int letters) {
        return prefix + Mix.letters(bits, letters);
    }
}
