package dev.laneway.ingress.auth;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Role;
import dev.laneway.contracts.Scope;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.control.Directory;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Admits whom another one admits, and then the keys of the directory: those that the control topic has, and those of the config file. What
 * is looked up is a digest, so the time that it takes tells nothing of a key.
 */
public final class DirectoryAuthenticator implements Authenticator {
    private final Authenticator first;
    private final Directory directory;
    private final LongSupplier clock;

    /** @param clock epoch milliseconds */
    public DirectoryAuthenticator(Authenticator first, Directory directory, LongSupplier clock) {
        this.first = Objects.requireNonNull(first, "first");
        this.directory = Objects.requireNonNull(directory, "directory");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public Admission admit(MultiMap headers) {
        Admission admission = first.admit(headers);
        if (admission instanceof Admission.Admitted) {
            return admission;
        }
        List<String> presented = PresentedKeys.of(headers);
        for (String secret : presented) {
            Admission found = find(FileKey.digest(secret));
            if (found != null) {
                return found;
            }
        }
        return admission;
    }

    private @Nullable Admission find(String digest) {
        long now = clock.getAsLong();
        Control.Key key = directory.byDigest(digest, now);
        if (key != null) {
            return admit(key, now);
        }
        FileKey ofFile = directory.fileKey(digest);
        return ofFile == null
                ? null
                : new Admission.Admitted(new Caller(
                        ofFile.owner(),
                        directory.terms(Scope.KEY, ofFile.owner()).models(),
                        null,
                        Role.MEMBER));
    }

    private Admission admit(Control.Key key, long now) {
        if (key.blocked()) {
            return new Admission.Closed(Admission.Why.KEY_BLOCKED);
        }
        if (key.expiresAt() > 0 && key.expiresAt() <= now) {
            return new Admission.Closed(Admission.Why.KEY_EXPIRED);
        }
        Control.Team team = key.team() == null ? null : directory.team(key.team());
        if (team != null && (team.blocked() || team.deleted())) {
            return new Admission.Closed(Admission.Why.TEAM_BLOCKED);
        }
        Control.User user = key.user() == null ? null : directory.user(key.user());
        if (user != null && (user.blocked() || user.deleted())) {
            return new Admission.Closed(Admission.Why.USER_BLOCKED);
        }
        return new Admission.Admitted(new Caller(
                key.id(),
                directory.terms(Scope.KEY, key.id()).models(),
                payer(key),
                role(key, team, user),
                within(key, team, user)));
    }

    private List<List<String>> within(Control.Key key, Control.@Nullable Team team, Control.@Nullable User user) {
        List<String> teams = team == null ? null : team.terms().models();
        List<String> users = user == null ? null : user.terms().models();
        List<String> inTeam = key.team() == null || key.user() == null
                ? null
                : directory
                        .terms(Scope.MEMBER, Scope.member(key.team(), key.user()))
                        .models();
        return Stream.of(Optional.ofNullable(teams), Optional.ofNullable(users), Optional.ofNullable(inTeam))
                .flatMap(Optional::stream)
                .toList();
    }

    private static @Nullable Payer payer(Control.Key key) {
        return key.team() == null && key.user() == null && key.tags().isEmpty()
                ? null
                : new Payer(key.team(), key.user(), key.tags());
    }

    /**
     * The key's own; else, of a team's key, what its user is in that team, who is there never more than that; else what its user is. Whoever
     * makes a team's keys gains nothing by the name of a user.
     */
    private static Role role(Control.Key key, Control.@Nullable Team team, Control.@Nullable User user) {
        if (key.role() != null) {
            return key.role();
        }
        Role inTeam = team == null || key.user() == null ? null : team.members().get(key.user());
        if (inTeam != null) {
            return inTeam;
        }
        Role ofUser = user == null || user.role() == null ? Role.MEMBER : user.role();
        return key.team() == null || ofUser == Role.READ_ONLY ? ofUser : Role.MEMBER;
    }
}
