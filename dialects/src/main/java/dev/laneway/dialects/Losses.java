package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a translation could not carry as it was: dropped, approximated, or so essential that the request is refused. Names fields
 * and reasons, never values; a name that the client made up is cut to what a header can hold. One translation, one thread.
 */
public final class Losses {
    private static final int LONGEST_NAME = 64;
    private static final Pattern UNFIT = Pattern.compile("[^ -~]|;");

    private final Set<String> notes = new LinkedHashSet<>();
    private @Nullable String refusal;

    /** The answer can do without it. */
    public void dropped(String field, String reason) {
        notes.add("dropped " + plain(field) + ": " + reason);
    }

    /** Something near it was sent. */
    public void approximated(String field, String how) {
        notes.add("approximated " + plain(field) + ": " + how);
    }

    private static String plain(String field) {
        var cut = field.length() > LONGEST_NAME ? field.substring(0, LONGEST_NAME) : field;
        return UNFIT.matcher(cut).replaceAll("?");
    }

    /** Without it the answer would be to another question. The first such reason counts. */
    public void refuse(String reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    /** The refusal, if there was one. */
    public @Nullable Failure refusal() {
        return refusal == null ? null : Failure.of(FailureKind.REJECTED, refusal);
    }

    public List<String> notes() {
        return new ArrayList<>(notes);
    }
}
