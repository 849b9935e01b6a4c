package dev.laneway.contracts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Control.Key} that is being described, field by field; each means what it means there. For one thread. */
public final class KeyDraft {
    private final String id;
    private final long createdAt;
    private long version;
    private String sha256;
    private @Nullable String hint;
    private @Nullable String alias;
    private @Nullable String team;
    private @Nullable String user;
    private List<String> tags = List.of();
    private Terms terms = Terms.NONE;
    private @Nullable String template;
    private @Nullable Role role;
    private boolean blocked;
    private long expiresAt;
    private @Nullable String previousSha256;
    private long previousUntil;
    private boolean deleted;
    private @Nullable String command;
    private Map<String, @Nullable Object> metadata = Map.of();

    /**
     * One that isn't there yet: under no terms, and nobody's.
     *
     * @param sha256 lower-case hex digest of its secret
     * @param createdAt epoch milliseconds
     */
    public KeyDraft(String id, String sha256, long createdAt) {
        this.id = id;
        this.sha256 = sha256;
        this.createdAt = createdAt;
    }

    /** One that is there, to be changed. No command has made it so. */
    public KeyDraft(Control.Key key) {
        this(key.id(), key.sha256(), key.createdAt());
        version = key.version();
        hint = key.hint();
        alias = key.alias();
        team = key.team();
        user = key.user();
        tags = key.tags();
        terms = key.terms();
        template = key.template();
        role = key.role();
        blocked = key.blocked();
        expiresAt = key.expiresAt();
        previousSha256 = key.previousSha256();
        previousUntil = key.previousUntil();
        deleted = key.deleted();
        metadata = key.metadata();
    }

    public String sha256() {
        return sha256;
    }

    public Terms terms() {
        return terms;
    }

    public KeyDraft hint(@Nullable String hint) {
        this.hint = hint;
        return this;
    }

    public KeyDraft alias(@Nullable String alias) {
        this.alias = alias;
        return this;
    }

    public KeyDraft team(@Nullable String team) {
        this.team = team;
        return this;
    }

    public KeyDraft user(@Nullable String user) {
        this.user = user;
        return this;
    }

    public KeyDraft tags(List<String> tags) {
        this.tags = tags;
        return this;
    }

    public KeyDraft terms(Terms terms) {
        this.terms = terms;
        return this;
    }

    public KeyDraft template(@Nullable String template) {
        this.template = template;
        return this;
    }

    public KeyDraft role(@Nullable Role role) {
        this.role = role;
        return this;
    }

    public KeyDraft blocked(boolean blocked) {
        this.blocked = blocked;
        return this;
    }

    public KeyDraft expiresAt(long expiresAt) {
        this.expiresAt = expiresAt;
        return this;
    }

    public KeyDraft deleted(boolean deleted) {
        this.deleted = deleted;
        return this;
    }

    public KeyDraft metadata(Map<String, @Nullable Object> metadata) {
        this.metadata = metadata;
        return this;
    }

    /**
     * Gives it another secret.
     *
     * @param graceUntil until when the one before opens too, epoch milliseconds; 0: no longer
     */
    public KeyDraft rotate(String digest, @Nullable String newHint, long graceUntil) {
        previousSha256 = graceUntil > 0 ? sha256 : null;
        previousUntil = graceUntil;
        sha256 = digest;
        hint = newHint;
        return this;
    }

    /** As a command made it. */
    public KeyDraft by(String maker, long newVersion) {
        command = maker;
        version = newVersion;
        return this;
    }

    /** The key as it is described by now. */
    public Control.Key build() {
        return new Control.Key(
                version,
                id,
                sha256,
                hint,
                alias,
                team,
                user,
                tags,
                terms,
                template,
                role,
                blocked,
                expiresAt,
                previousSha256,
                previousUntil,
                deleted,
                command,
                metadata,
                createdAt);
    }
}
