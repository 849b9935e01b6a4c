package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.Terms;
import dev.laneway.ingress.auth.Caller;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Users, in our fields and in LiteLLM's. */
final class Users extends Kind<Control.User> {
    Users(KeyBook book) {
        super(book, Control.User.class, Scope.USER, book.directory::users, book.directory::user);
    }

    @Override
    Control.User fresh(String id) {
        return new Control.User(
                0, id, null, null, null, Terms.NONE, false, false, null, Map.of(), book.clock.getAsLong());
    }

    @Override
    Control.User ours(Fields fields, Control.User was) {
        return read(fields, was, "", TermsFields.within(fields, was.terms()));
    }

    /** Without an id by the address, among those whom the caller may see. An address of nobody is one that no user has, as an id may be. */
    @Override
    List<String> named(Caller caller, Fields fields) {
        List<String> byId = super.named(caller, fields);
        String email = byId.isEmpty() ? fields.name("user_email") : null;
        if (email == null) {
            return byId;
        }
        List<String> found = byAddress(book, email, user -> maySee(caller, user));
        return found.isEmpty() ? List.of(email) : found;
    }

    /** The ids of those with an address, among some. */
    static List<String> byAddress(KeyBook book, String email, Predicate<Control.User> among) {
        return book.directory.users().stream()
                .filter(user -> !user.deleted() && email.equalsIgnoreCase(user.email()) && among.test(user))
                .map(Control.User::id)
                .toList();
    }

    @Override
    Control.User litellm(Fields fields, Control.User was) {
        return read(fields, was, "user_", LiteLlmTerms.read(fields, was.terms()));
    }

    /** @param prefix of the names of fields */
    private static Control.User read(Fields fields, Control.User was, String prefix, Terms terms) {
        String alias = prefix + "alias";
        String email = prefix + "email";
        String role = prefix + "role";
        return new Control.User(
                was.version(),
                was.id(),
                fields.has(alias) ? fields.name(alias) : was.alias(),
                fields.has(email) ? fields.name(email) : was.email(),
                fields.has(role) ? KeyFields.role(fields, role) : was.role(),
                terms,
                fields.flag("blocked", was.blocked()),
                was.deleted(),
                null,
                fields.has("metadata") ? Notes.withoutTags(fields) : was.metadata(),
                was.createdAt());
    }

    @Override
    Control.User blocked(Control.User was, boolean blocked) {
        return with(was, blocked, was.deleted());
    }

    @Override
    Control.User deleted(Control.User was) {
        return with(was, was.blocked(), true);
    }

    private static Control.User with(Control.User was, boolean blocked, boolean deleted) {
        return new Control.User(
                was.version(),
                was.id(),
                was.alias(),
                was.email(),
                was.role(),
                was.terms(),
                blocked,
                deleted,
                null,
                was.metadata(),
                was.createdAt());
    }

    @Override
    ObjectNode info(Control.User user, long now) {
        ObjectNode info = Json.object();
        info.put("user_id", user.id());
        info.put("user_alias", user.alias());
        info.put("user_email", user.email());
        info.put("user_role", word(user));
        info.put("blocked", user.blocked());
        return LiteLlmTerms.end(info, user, user.terms(), user.metadata(), user.createdAt(), now);
    }

    /** In the words of LiteLLM's scripts. */
    static @Nullable String word(Control.User user) {
        return switch (user.role()) {
            case null -> null;
            case ADMIN -> "proxy_admin";
            case TEAM_ADMIN -> "team_admin";
            case MEMBER -> "internal_user";
            case READ_ONLY -> "internal_user_viewer";
        };
    }

    @Override
    boolean maySee(Caller caller, Control.User user) {
        return book.authority.maySee(caller, user);
    }

    /** It spends by whatever keys it has, also other teams': that is nothing to the admin of one. */
    @Override
    boolean maySeeSpend(Caller caller, Control.User user) {
        return caller.isAdmin() || user.id().equals(Authority.user(caller));
    }

    @Override
    @Nullable
    String mayNot(Caller caller, Control.@Nullable User before, Control.User after) {
        return caller.isAdmin() ? null : "Only an admin changes users.";
    }
}
