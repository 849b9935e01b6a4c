package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A key that a file has, and what becomes of it. Never holds a value.
 *
 * @param key its path, such as {@code model_list[0].litellm_params.rpm}
 * @param file the included file that it stands in; null where that is the file itself
 * @param line from 1
 * @param note what is done, how it differs, or what to do instead; without a secret
 */
public record KeyUse(
        String key,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String file,
        int line,
        KeyStanding standing,
        String note) {
    public KeyUse {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(note, "note");
    }

    /** Its line for people: {@code 5}, {@code models.yaml:5}. */
    @JsonIgnore
    public String place() {
        return file == null ? String.valueOf(line) : file + ":" + line;
    }

    /** The path without places in lists, which all entries of a list share: {@code model_list[].litellm_params.rpm}. */
    @JsonIgnore
    public String kind() {
        return key.replaceAll("\\[\\d+]", "[]");
    }
}
