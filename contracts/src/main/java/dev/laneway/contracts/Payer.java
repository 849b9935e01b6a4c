package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who pays for a request beside the key that called.
 *
 * @param team the key's team
 * @param user the key's user
 * @param tags of the key and of the request
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Payer(@Nullable String team, @Nullable String user, List<String> tags) {
    /** The key alone. */
    public static final Payer NOBODY = new Payer(null, null, List.of());

    public Payer {
        tags = tags == null ? List.of() : List.copyOf(tags);
    }
}
