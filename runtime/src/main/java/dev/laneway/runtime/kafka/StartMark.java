package dev.laneway.runtime.kafka;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a commit says of a partition besides its offset, in the field that the broker keeps for it. It survives whatever else forgets: a
 * record that is delivered again was begun before only if it lies below {@code started}, and what was remembered of it elsewhere is to be
 * believed only under the epoch in which it was begun.
 *
 * @param started records from this offset on were not begun by any member of the group
 * @param epoch of the shared memory in which those below were begun; {@value #NO_EPOCH}, which equals no other, where it was away or
 *     changed
 * @param told of the shared memory that knows, again or still, of everything below that was begun with and is not finished;
 *     {@value #NO_EPOCH} where that may not be so
 */
public record StartMark(long started, String epoch, String told) {
    /** The epoch of what was begun without a shared memory. */
    public static final String NO_EPOCH = "none";

    private static final Pattern FORM =
            Pattern.compile("started=(\\d{1,19}) epoch=(\\S{1,200})(?: told=(\\S{1,200}))?");

    public StartMark {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(told, "told");
    }

    /** One that says nothing of what the memory knows again. */
    public StartMark(long started, String epoch) {
        this(started, epoch, NO_EPOCH);
    }

    /** As it stands in a commit's metadata. */
    public String text() {
        String mark = "started=" + started + " epoch=" + epoch;
        return told.equals(NO_EPOCH) ? mark : mark + " told=" + told;
    }

    /** Reads {@link #text()}; empty where the commit says nothing, or something else. */
    public static Optional<StartMark> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new StartMark(
                        Long.parseLong(matcher.group(1)),
                        matcher.group(2),
                        matcher.group(3) == null ? NO_EPOCH : matcher.group(3)))
                : Optional.empty();
    }
}
