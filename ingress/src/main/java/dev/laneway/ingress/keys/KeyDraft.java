package dev.laneway.ingress.keys;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Terms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key that is being described. */
final class KeyDraft {
    final String id;
    private final long version;
    private final long createdAt;
    String sha256;

    @Nullable
    String hint;

    @Nullable
    String alias;

    @Nullable
    String team;

    @Nullable
    String user;

    List<String> tags = List.of();
    Terms terms = Terms.NONE;

    @Nullable
    String template;

    @Nullable
    Role role;

    boolean blocked;
    long expiresAt;
    private @Nullable String previousSha256;
    private long previousUntil;
    boolean deleted;
    Map<String, @Nullable Object> metadata = Map.of();

    /** One that isn't there yet. */
    KeyDraft(String id, String sha256, long createdAt) {
        this.id = id;
        this.version = 0;
        this.sha256 = sha256;
        this.createdAt = createdAt;
    }

    /** One that is there, to be changed. */
    KeyDraft(Control.Key key) {
        id = key.id();
        version = key.version();
        createdAt = key.createdAt();
        sha256 = key.sha256();
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

    /** Gives it another secret; the one before opens until then. */
    void rotate(String digest, String newHint, long graceUntil) {
        previousSha256 = graceUntil > 0 ? sha256 : null;
        previousUntil = graceUntil;
        sha256 = digest;
        hint = newHint;
    }

    Control.Key build() {
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
                null,
                metadata,
                createdAt);
    }
}
