package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/**
 * State in force, one entity a key of the compacted topic {@code lw.control}; the record's value. Versions only grow, and
 * accounting alone writes. Never a secret: references and hashes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Control.Config.class, name = "config"),
    @JsonSubTypes.Type(value = Control.MasterKey.class, name = "master_key")
})
public sealed interface Control {
    /** The record's key. */
    String key();

    /** Grows with each change of the entity, from 1. */
    long version();

    /**
     * The config in force.
     *
     * @param version grows with each change
     * @param hash names the content; a plan says it was made under it
     * @param text the file, with references in place of literal secrets
     * @param publishedAt epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Config(long version, String hash, String text, long publishedAt) implements Control {
        public static final String KEY = "config";

        public Config {
            Objects.requireNonNull(hash, "hash");
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String key() {
            return KEY;
        }
    }

    /**
     * The master key that was made at first start, as a hash.
     *
     * @param version grows with each change
     * @param sha256 lower-case hex digest of the key
     */
    record MasterKey(long version, String sha256) implements Control {
        public static final String KEY = "master_key";

        public MasterKey {
            Objects.requireNonNull(sha256, "sha256");
        }

        @Override
        public String key() {
            return KEY;
        }
    }
}
