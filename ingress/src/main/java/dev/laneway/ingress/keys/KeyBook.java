package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.runtime.config.FileKey;
import dev.laneway.runtime.control.Directory;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The keys in force, and what a change of one has to keep to. */
final class KeyBook {
    /** The newest first. */
    static final Comparator<Control.Key> ORDER =
            Comparator.comparingLong(Control.Key::createdAt).reversed().thenComparing(Control.Key::id);

    final Directory directory;
    final Authority authority;
    final Spending spending;
    final LongSupplier clock;
    private final Predicate<String> isMasters;

    /**
     * @param isMasters whether a secret opens everything
     * @param clock epoch milliseconds
     */
    KeyBook(Directory directory, Spending spending, Predicate<String> isMasters, LongSupplier clock) {
        this.isMasters = Objects.requireNonNull(isMasters, "isMasters");
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

    /** A key by its id, deleted or not, which the caller may see; null where there never was one. */
    Control.@Nullable Key ever(Caller caller, String id) {
        Control.Key key = directory.key(id);
        return key == null || !authority.maySee(caller, key) ? null : key;
    }

    /** A key of the config file by its name, its secret or its digest, to be shown to whoever calls by it, and to admins; null where there is none. */
    Control.@Nullable Key ofFile(Caller caller, String named) {
        return directory.fileKeys().stream()
                .filter(key -> (caller.isAdmin() || key.owner().equals(caller.owner()))
                        && (key.owner().equals(named)
                                || key.sha256().equals(named)
                                || key.sha256().equals(FileKey.digest(named))))
                .findFirst()
                .map(key -> new KeyDraft(key.owner(), key.sha256(), 0)
                        .alias(key.owner())
                        .terms(directory.terms(Scope.KEY, key.owner()))
                        .build())
                .orElse(null);
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
                .sorted(ORDER)
                .toList();
    }

    /** Some of those that a caller may see, in LiteLLM's fields. */
    ArrayNode shown(Caller caller, Predicate<Control.Key> which, Spending.Of spent) {
        ArrayNode shown = Json.array();
        long now = clock.getAsLong();
        seen(caller).stream().filter(which).forEach(key -> {
            ObjectNode info = KeyFields.info(directory, key, now);
            shown.add(info);
            spent.add(key.id(), info, windowFrom(key));
        });
        return shown;
    }

    /** When the present window of a key's budget began, as far as LiteLLM's fields show it. */
    long windowFrom(Control.Key key) {
        return LiteLlmTerms.windowFrom(directory.terms(key), clock.getAsLong());
    }

    /** Alters a key that is being described. */
    @FunctionalInterface
    interface Alteration {
        void alter(Fields fields, KeyDraft draft);
    }

    /** One that a caller is making: of its team, where it is the admin of one. */
    KeyDraft draft(Caller caller, String id, Secret secret) {
        return new KeyDraft(id, secret.digest(), clock.getAsLong())
                .hint(secret.hint())
                .team(Authority.isTeamAdmin(caller) ? Authority.team(caller) : null);
    }

    /** A key that is to be changed. */
    Edit changed(Caller caller, Fields fields, String named, Command.Action action, Alteration alteration) {
        Control.Key key = find(caller, named);
        if (key == null) {
            return Edit.Refused.notFound("This key");
        }
        KeyDraft draft = new KeyDraft(key);
        alteration.alter(fields, draft);
        return decided(caller, fields, key, draft, action);
    }

    /** What is wrong with a secret that a field may have said; null where nothing is. */
    @Nullable
    Edit unfit(Fields fields, String name, Secret secret) {
        if (!Secret.isFit(fields, name)) {
            return Edit.Refused.invalid(name, Secret.FORM);
        }
        return fields.says(name) && isMasters.test(secret.text()) ? new Edit.Refused(Editor.taken(name)) : null;
    }

    /**
     * The fields of a rotation.
     *
     * @param secret the one that may say the new secret
     * @param grace the one that may say for how long the old one still opens
     */
    record Rotation(String secret, String grace) {}

    /** A key that is to be given another secret. */
    Edit rotated(Caller caller, Fields fields, String named, Secret secret, Rotation rotation, Alteration alteration) {
        Edit unfit = unfit(fields, rotation.secret(), secret);
        if (unfit != null) {
            return unfit;
        }
        return changed(caller, fields, named, Command.Action.ROTATE, (all, draft) -> {
            alteration.alter(all, draft);
            Long grace = all.parsed(rotation.grace(), Spans::millis);
            if (draft.sha256().equals(secret.digest())) {
                all.fail(rotation.secret(), "is the secret that the key has: choose another");
            }
            draft.rotate(secret.digest(), secret.hint(), grace == null ? 0 : clock.getAsLong() + grace);
        });
    }

    /** What a description comes to. */
    Edit decided(Caller caller, Fields fields, Control.@Nullable Key before, KeyDraft draft, Command.Action action) {
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        Control.Key after = draft.build();
        Edit refusal = refusal(caller, before, after);
        return refusal == null ? new Edit.Wanted(action, before == null ? 0 : before.version(), after) : refusal;
    }

    /** What is wrong with a key that is to be; null where nothing is. */
    private @Nullable Edit refusal(Caller caller, Control.@Nullable Key before, Control.Key after) {
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
        boolean newUser = before == null || !Objects.equals(before.user(), after.user());
        if (newUser && user != null && user.deleted()) {
            return Edit.Refused.invalid("user_id", "The user '" + after.user() + "' is deleted.");
        }
        Control.Template budget = after.template() == null ? null : directory.template(after.template());
        boolean newBudget = before == null || !Objects.equals(before.template(), after.template());
        if (after.template() != null && newBudget && (budget == null || budget.deleted())) {
            return Edit.Refused.invalid("budget_id", "There is no budget of this id.");
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
        boolean newSecret = before == null || !after.sha256().equals(before.sha256());
        if (newSecret && directory.fileKey(after.sha256()) != null) {
            return new Edit.Refused(Editor.taken("key"));
        }
        return null;
    }
}
