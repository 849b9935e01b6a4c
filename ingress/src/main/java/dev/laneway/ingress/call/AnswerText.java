package dev.laneway.ingress.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer that was given, to be shown.
 *
 * @param contentType its own
 * @param body its text; null where it is longer than is shown
 * @param gone whether it is not kept any more: then there is nothing else
 */
public record AnswerText(String contentType, @Nullable String body, boolean gone) {
    public static final AnswerText GONE = new AnswerText("", null, true);

    public AnswerText {
        Objects.requireNonNull(contentType, "contentType");
    }
}
