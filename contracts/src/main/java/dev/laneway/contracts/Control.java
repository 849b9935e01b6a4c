package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    @JsonSubTypes.Type(value = Control.Purse.class, name = "purse"),
    @JsonSubTypes.Type(value = Control.Template.class, name = "template"),
    @JsonSubTypes.Type(value = Control.Silence.class, name = "silence")
})
public sealed interface Control {
    /** The record's key. */
    String key();

    /** Grows with each change of the entity, from 1. */
    long version();

    /** What is changed by {@link Command}s. A deleted one stays, so that its id is not given again. */
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Control.Key.class, name = "key"),
        @JsonSubTypes.Type(value = Control.Team.class, name = "team"),
        @JsonSubTypes.Type(value = Control.User.class, name = "user"),
        @JsonSubTypes.Type(value = Control.Purse.class, name = "purse"),
        @JsonSubTypes.Type(value = Control.Template.class, name = "template"),
        @JsonSubTypes.Type(value = Control.Silence.class, name = "silence")
    })
    sealed interface Entity extends Control {
        String id();

        Terms terms();

        boolean deleted();

        /** Id of the command by which it became so. */
        @Nullable
        String command();

        /** The same, as a command made it. */
        Entity by(String command, long version);
    }

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
     * @param terms its own
     * @param template id of a {@link Template}, whose terms hold in what its own leave unsaid
     * @param role what it may do beside calling models; null: {@link Role#MEMBER}
     * @param expiresAt epoch milliseconds, 0: never
     * @param previousSha256 digest of the secret before it was rotated, which still opens
     * @param previousUntil until when that is so, epoch milliseconds
     * @param deleted it is no more; the entity stays, so that its id is not given again
     * @param metadata what its maker notes of it; nobody goes by it
     * @param createdAt epoch milliseconds
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
            @Nullable String template,
            @Nullable Role role,
            boolean blocked,
            long expiresAt,
            @Nullable String previousSha256,
            long previousUntil,
            boolean deleted,
            @Nullable String command,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> metadata,
            long createdAt)
            implements Entity {
        public Key {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(sha256, "sha256");
            tags = tags == null ? List.of() : List.copyOf(tags);
            terms = said(terms);
            metadata = copied(metadata);
        }

        @Override
        public Key by(String command, long version) {
            return new KeyDraft(this).by(command, version).build();
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
     * @param metadata what its maker notes of it; nobody goes by it
     * @param createdAt epoch milliseconds
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
            @Nullable String command,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> metadata,
            long createdAt)
            implements Entity {
        public Team {
            Objects.requireNonNull(id, "id");
            terms = said(terms);
            members = members == null ? Map.of() : Map.copyOf(members);
            metadata = copied(metadata);
        }

        @Override
        public Team by(String command, long version) {
            return new Team(version, id, alias, terms, members, blocked, deleted, command, metadata, createdAt);
        }

        @Override
        public String key() {
            return "team/" + id;
        }
    }

    /**
     * Somebody who has keys.
     *
     * @param metadata what its maker notes of it; nobody goes by it
     * @param createdAt epoch milliseconds
     */
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
            @Nullable String command,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, @Nullable Object> metadata,
            long createdAt)
            implements Entity {
        public User {
            Objects.requireNonNull(id, "id");
            terms = said(terms);
            metadata = copied(metadata);
        }

        @Override
        public User by(String command, long version) {
            return new User(version, id, alias, email, role, terms, blocked, deleted, command, metadata, createdAt);
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
            implements Entity {
        public Purse {
            Objects.requireNonNull(scope, "scope");
            Objects.requireNonNull(id, "id");
            terms = said(terms);
        }

        @Override
        public Purse by(String command, long version) {
            return new Purse(version, scope, id, terms, deleted, command);
        }

        @Override
        public String key() {
            return "purse/" + scope.id() + "/" + id;
        }
    }

    /**
     * Terms with a name, which keys refer to: a change of it is one of all of them. A deleted one can't be referred to anew, and goes on for the
     * keys that refer to it: no limit is lifted by the way.
     *
     * @param createdAt epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Template(
            long version,
            String id,
            Terms terms,
            boolean deleted,
            @Nullable String command,
            long createdAt) implements Entity {
        public Template {
            Objects.requireNonNull(id, "id");
            terms = said(terms);
        }

        @Override
        public Template by(String command, long version) {
            return new Template(version, id, terms, deleted, command, createdAt);
        }

        @Override
        public String key() {
            return "template/" + id;
        }
    }

    /**
     * For how long nobody is told of some alerts.
     *
     * @param kind of which alerts; null: of every kind
     * @param subject what they are about: that itself, whatever is below it ({@code team/red} is {@code team/red/monthly} too), or, where it
     *     ends in an asterisk, all that begins so; null: whatever it is
     * @param from epoch milliseconds, inclusive
     * @param until epoch milliseconds, exclusive
     * @param reason in its maker's words
     * @param by who made it
     * @param deleted it was ended by somebody
     * @param createdAt epoch milliseconds
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Silence(
            long version,
            String id,
            @Nullable String kind,
            @Nullable String subject,
            long from,
            long until,
            @Nullable String reason,
            String by,
            boolean deleted,
            @Nullable String command,
            long createdAt)
            implements Entity {
        private static final String ALL = "*";

        public Silence {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(by, "by");
        }

        /** Nobody is held to anything by it. */
        @Override
        @JsonIgnore
        public Terms terms() {
            return Terms.NONE;
        }

        @Override
        public Silence by(String command, long version) {
            return new Silence(version, id, kind, subject, from, until, reason, by, deleted, command, createdAt);
        }

        @Override
        public String key() {
            return "silence/" + id;
        }

        /** Whether it is over at a time, epoch milliseconds, or was ended before. */
        public boolean isOver(long now) {
            return deleted || now >= until;
        }

        /**
         * Whether nobody is told of an alert.
         *
         * @param now epoch milliseconds
         */
        public boolean holds(String alertKind, String alertSubject, long now) {
            return !isOver(now) && now >= from && (kind == null || kind.equals(alertKind)) && isAbout(alertSubject);
        }

        private boolean isAbout(String alertSubject) {
            if (subject == null || alertSubject.equals(subject)) {
                return true;
            }
            return subject.endsWith(ALL)
                    ? alertSubject.startsWith(subject.substring(0, subject.length() - ALL.length()))
                    : alertSubject.startsWith(subject + "/");
        }
    }

    private static Terms said(@Nullable Terms terms) {
        return terms == null ? Terms.NONE : terms;
    }

    private static Map<String, @Nullable Object> copied(@Nullable Map<String, @Nullable Object> metadata) {
        return metadata == null || metadata.isEmpty()
                ? Map.of()
                : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
