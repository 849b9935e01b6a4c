package dev.laneway.ingress.keys;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.RequestIds;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.control.Directory;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The keys in force, and what a change of one has to keep to. */
final class KeyBook {
    final Directory directory;
    final Authority authority;
    final Spending spending;
    final LongSupplier clock;

    /** @param clock epoch milliseconds */
    KeyBook(Directory directory, Spending spending, LongSupplier clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.authority = new Authority(directory);
        this.spending = Objects.requireNonNull(spending, "spending");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** A new id. */
    String nextId(String kind) {
        return kind + RequestIds.next(clock.getAsLong()).substring("req".length());
    }

    /** A key by its secret, its digest or its id, which the caller may see; null where there is none. */
    Control.@Nullable Key find(Caller caller, String named) {
        Control.Key key = directory.key(named);
        if (key == null) {
            long now = clock.getAsLong();
            key = named.matches("[0-9a-f]{64}") ? directory.byDigest(named, now) : null;
            key = key == null ? directory.byDigest(FileKey.digest(named), now) : key;
        }
        return key == null || key.deleted() || !authority.maySee(caller, key) ? null : key;
    }

    /** Whose alias it is, among those that the caller may see; null where there is none. */
    Control.@Nullable Key byAlias(Caller caller, String alias) {
        return seen(caller).stream()
                .filter(key -> alias.equals(key.alias()))
                .findFirst()
                .orElse(null);
    }

    /** Those that a caller may see, the newest first. */
    List<Control.Key> seen(Caller caller) {
        return directory.keys().stream()
                .filter(key -> !key.deleted() && authority.maySee(caller, key))
                .sorted(Comparator.comparingLong(Control.Key::createdAt)
                        .reversed()
                        .thenComparing(Control.Key::id))
                .toList();
    }

    /** What is wrong with a key that is to be; null where nothing is. */
    @Nullable
    Edit refusal(Caller caller, Control.@Nullable Key before, Control.Key after) {
        String forbidden = authority.mayNot(caller, before, after);
        if (forbidden != null) {
            return Edit.Refused.forbidden(forbidden);
        }
        Control.Team team = after.team() == null ? null : directory.team(after.team());
        boolean newTeam = before == null || !Objects.equals(before.team(), after.team());
        if (after.team() != null && newTeam && (team == null || team.deleted())) {
            return Edit.Refused.invalid("team_id", "There is no team '" + after.team() + "'.");
        }
        Control.User user = after.user() == null ? null : directory.user(after.user());
        if (user != null && user.deleted()) {
            return Edit.Refused.invalid("user_id", "The user '" + after.user() + "' is deleted.");
        }
        boolean sameAlias = after.alias() != null
                && (before == null || !after.alias().equals(before.alias()))
                && directory.keys().stream()
                        .anyMatch(other -> !other.deleted()
                                && !other.id().equals(after.id())
                                && after.alias().equals(other.alias()));
        if (sameAlias) {
            return new Edit.Refused(Editor.taken("key_alias"));
        }
        if (before == null && directory.fileKey(after.sha256()) != null) {
            return new Edit.Refused(Editor.taken("key"));
        }
        return null;
    }
}
