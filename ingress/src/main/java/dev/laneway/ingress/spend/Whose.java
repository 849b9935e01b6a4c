package dev.laneway.ingress.spend;

import dev.laneway.contracts.Control;
import dev.laneway.contracts.Role;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.ledger.Sight;
import io.vertx.core.MultiMap;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who is meant by a key, and what of the ledger a caller may see. */
final class Whose {
    private static final String SECRET = "sk-";

    private final Directory directory;
    private final Authenticator authenticator;
    private final LongSupplier clock;

    /** @param clock epoch milliseconds */
    Whose(Directory directory, Authenticator authenticator, LongSupplier clock) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    static Sight sight(Caller caller) {
        if (caller.isAdmin()) {
            return new Sight.All();
        }
        String team = caller.payer() == null ? null : caller.payer().team();
        return caller.role() == Role.TEAM_ADMIN && team != null
                ? new Sight.OfTeam(team, caller.owner())
                : new Sight.Own(caller.owner());
    }

    /** The owner that a secret, its hash or an id stands for; null where it can't be any. */
    @Nullable
    String owner(String named) {
        if (directory.key(named) != null || named.equals(Caller.MASTER.owner())) {
            return named;
        }
        String byHash = named.matches("[0-9a-f]{64}") ? byDigest(named) : null;
        String owner = byHash == null ? byDigest(FileKey.digest(named)) : byHash;
        if (owner != null) {
            return owner;
        }
        MultiMap asHeader = MultiMap.caseInsensitiveMultiMap().add("x-api-key", named);
        if (authenticator.admit(asHeader) instanceof Admission.Admitted admitted) {
            return admitted.caller().owner();
        }
        return named.startsWith(SECRET) ? null : named;
    }

    private @Nullable String byDigest(String digest) {
        Control.Key key = directory.byDigest(digest, clock.getAsLong());
        if (key != null) {
            return key.id();
        }
        FileKey file = directory.fileKey(digest);
        return file == null ? null : file.owner();
    }

    /** The hash that LiteLLM's users know a key by; its id where it has none here. */
    String hash(String owner) {
        Control.Key key = directory.key(owner);
        if (key != null) {
            return key.sha256();
        }
        return directory.fileKeys().stream()
                .filter(file -> file.owner().equals(owner))
                .map(FileKey::sha256)
                .findFirst()
                .orElse(owner);
    }

    Control.@Nullable Key key(String owner) {
        return directory.key(owner);
    }
}
