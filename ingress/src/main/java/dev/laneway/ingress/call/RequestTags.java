package dev.laneway.ingress.call;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** The tags that a client gives a request: {@code x-litellm-tags: a, b}, and {@code metadata.tags} of an OpenAI body. */
final class RequestTags {
    static final String HEADER = "x-litellm-tags";
    static final int MOST = 32;
    static final int LONGEST = 128;

    private RequestTags() {}

    /** Each once; null where they are too many, too long, or not of printable characters: left out, a budget would not be kept to. */
    static @Nullable List<String> of(@Nullable String header, List<String> ofBody) {
        if (header == null && ofBody.isEmpty()) {
            return List.of();
        }
        SequencedSet<String> tags = new LinkedHashSet<>();
        if (header != null) {
            for (String tag : header.split(",", MOST + 2)) {
                tags.add(tag.strip());
            }
        }
        ofBody.forEach(tag -> tags.add(tag.strip()));
        tags.remove("");
        boolean fit = tags.size() <= MOST
                && tags.stream()
                        .allMatch(tag -> tag.length() <= LONGEST && tag.chars().noneMatch(Character::isISOControl));
        return fit ? new ArrayList<>(tags) : null;
    }
}
