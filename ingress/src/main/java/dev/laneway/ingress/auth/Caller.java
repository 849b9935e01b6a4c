package dev.laneway.ingress.auth;

import dev.laneway.contracts.Payer;
import dev.laneway.contracts.Role;
import dev.laneway.runtime.config.Wildcard;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whoever presented a valid key.
 *
 * @param owner id of who pays for what the key asks
 * @param models names and patterns of what it may call; null: everything that clients may call
 * @param payer who pays beside the owner; null where nobody does
 * @param role what it may do beside calling models
 * @param within what those allow who pay beside the owner, each of which must
 */
public record Caller(
        String owner,
        @Nullable List<String> models,
        @Nullable Payer payer,
        Role role,
        List<List<String>> within) {
    /** The holder of the master key. */
    public static final Caller MASTER = new Caller("master", null, null, Role.ADMIN);

    public Caller {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(role, "role");
        models = models == null ? null : List.copyOf(models);
        within = List.copyOf(within);
    }

    /** One whom nobody else narrows. */
    public Caller(String owner, @Nullable List<String> models, @Nullable Payer payer, Role role) {
        this(owner, models, payer, role, List.of());
    }

    /** One who may call everything. */
    public Caller(String owner) {
        this(owner, null, null, Role.MEMBER);
    }

    /** The same, with a request's tags beside the key's own. */
    public Caller with(List<String> tags) {
        if (tags.isEmpty()) {
            return this;
        }
        Payer before = payer == null ? Payer.NOBODY : payer;
        List<String> all =
                Stream.concat(before.tags().stream(), tags.stream()).distinct().toList();
        return new Caller(owner, models, new Payer(before.team(), before.user(), all), role, within);
    }

    /** Whether it may change everything. */
    public boolean isAdmin() {
        return role == Role.ADMIN;
    }

    /** Whether it may call what has that name. Says nothing of whether there is such a thing. */
    public boolean mayCall(String model) {
        return allowed(models, model) && within.stream().allMatch(list -> allowed(list, model));
    }

    /** Whether a list of names and patterns has a name; null has all. */
    public static boolean allowed(@Nullable List<String> models, String model) {
        return models == null
                || models.contains(model)
                || models.stream().anyMatch(allowed -> {
                    Wildcard pattern = Wildcard.of(allowed);
                    return pattern != null && pattern.part(model) != null;
                });
    }
}
