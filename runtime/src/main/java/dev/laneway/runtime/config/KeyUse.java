package dev.laneway.runtime.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;

/**
 * A key that a file has, and what becomes of it. Never holds a value.
 *
 * @param key its path, such as {@code model_list[0].litellm_params.rpm}
 * @param line from 1
 * @param note what is done, how it differs, or what to do instead; without a secret
 */
public record KeyUse(String key, int line, KeyStanding standing, String note) {
    public KeyUse {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(note, "note");
    }

    /** The path without places in lists, which all entries of a list share: {@code model_list[].litellm_params.rpm}. */
    @JsonIgnore
    public String kind() {
        return key.replaceAll("\\[\\d+]", "[]");
    }
}
