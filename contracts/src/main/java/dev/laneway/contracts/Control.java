package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State in force, one entity a key of the compacted topic {@code lw.control}; the record's value. Versions only grow, and
 * accounting alone writes. Never a secret: references and hashes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Control.Config.class, name = "config"),
    @JsonSubTypes.Type(value = Control.MasterKey.class, name = "master_key"),
    @JsonSubTypes.Type(value = Control.Key.class, name = "key"),
    @JsonSubTypes.Type(value = Control.Team.class, name = "team"),
    @JsonSubTypes.Type(value = Control.User.class, name = "user"),
    @JsonSubTypes.Type(value = Control.Purse.class, name = "purse")
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

    /**
     * A client's key.
     *
     * @param id who pays for what it asks; unique among all keys that ever were
     * @param sha256 lower-case hex digest of the secret
     * @param hint the last characters of the secret, to tell it by
     * @param alias its name
     * @param team whose it is
     * @param user whose it is
     * @param tags that each of its requests has
     * @param role what it may do beside calling models; null: {@link Role#MEMBER}
     * @param expiresAt epoch milliseconds, 0: never
     * @param previousSha256 digest of the secret before it was rotated, which still opens
     * @param previousUntil until when that is so, epoch milliseconds
     * @param deleted it is no more; the entity stays, so that its id is not given again
     * @param command id of the command by which it became so
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Key(
            long version,
            String id,
            String sha256,
            @Nullable String hint,
            @Nullable String alias,
            @Nullable String team,
            @Nullable String user,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
            Terms terms,
            @Nullable Role role,
            boolean blocked,
            long expiresAt,
            @Nullable String previousSha256,
            long previousUntil,
            boolean deleted,
            @Nullable String command)
            implements Control {
        public Key {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(sha256, "sha256");
            tags = tags == null ? List.of() : List.copyOf(tags);
            terms = terms == null ? Terms.NONE : terms;
        }

        @Override
        public String key() {
            return "key/" + id;
        }
    }

    /**
     * A team.
     *
     * @param members roles by the ids of users
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Team(
            long version,
            String id,
            @Nullable String alias,
            Terms terms,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Role> members,
            boolean blocked,
            boolean deleted,
            @Nullable String command)
            implements Control {
        public Team {
            Objects.requireNonNull(id, "id");
            terms = terms == null ? Terms.NONE : terms;
            members = members == null ? Map.of() : Map.copyOf(members);
        }

        @Override
        public String key() {
            return "team/" + id;
        }
    }

    /** Somebody who has keys. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record User(
            long version,
            String id,
            @Nullable String alias,
            @Nullable String email,
            @Nullable Role role,
            Terms terms,
            boolean blocked,
            boolean deleted,
            @Nullable String command)
            implements Control {
        public User {
            Objects.requireNonNull(id, "id");
            terms = terms == null ? Terms.NONE : terms;
        }

        @Override
        public String key() {
            return "user/" + id;
        }
    }

    /** The terms of what is no key, team or user: of everything, a tag, a model, a provider or a deployment. */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Purse(
            long version,
            @JsonInclude(JsonInclude.Include.ALWAYS) Scope scope,
            String id,
            Terms terms,
            boolean deleted,
            @Nullable String command)
            implements Control {
        public Purse {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(id, "id");
            terms = terms == null ? Terms.NONE : terms;
        }

        @Override
        public String key() {
            return "purse/" + scope.id() + "/" + id;
        }
    }
}
