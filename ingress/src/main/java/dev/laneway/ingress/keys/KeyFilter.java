package dev.laneway.ingress.keys;

import dev.laneway.contracts.Control;
import dev.laneway.dialects.ClientError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which keys {@code GET /key/list} shows, and in which order, by LiteLLM's parameters. A parameter that is not kept to is refused: a script that
 * deletes what it was shown would delete too much.
 */
final class KeyFilter {
    /** The last two say nothing: whoever may see a team's keys, or those it made, is shown them without. */
    static final Set<String> PARAMETERS = Set.of(
            "page",
            "size",
            "return_full_object",
            "team_id",
            "user_id",
            "key_alias",
            "key_hash",
            "search",
            "substring_matching",
            "status",
            "expires",
            "sort_by",
            "sort_order",
            "include_team_keys",
            "include_created_by_keys");

    private static final Comparator<@Nullable String> TEXTS = Comparator.nullsLast(Comparator.naturalOrder());

    private final Served.Asked asked;
    private final boolean loosely;
    private final long now;
    private @Nullable ClientError wrong;

    /** @param now epoch milliseconds */
    KeyFilter(Served.Asked asked, long now) {
        this.asked = asked;
        this.loosely = "true".equalsIgnoreCase(asked.query("substring_matching"));
        this.now = now;
    }

    /** Those of the keys that are meant; null where a parameter is wrong, see {@link #wrong}. */
    @Nullable
    List<Control.Key> of(List<Control.Key> keys) {
        String status = oneOf("status", List.of("active", "expired", "revoked"));
        String expires = oneOf("expires", List.of("active", "expired"));
        String order = oneOf("sort_by", List.of("created_at", "expires", "key_alias", "team_id", "user_id"));
        String direction = oneOf("sort_order", List.of("asc", "desc"));
        if (wrong != null) {
            return null;
        }
        Stream<Control.Key> found = keys.stream()
                .filter(key -> Resources.matches(asked, "team_id", key.team())
                        && matches("user_id", key.user())
                        && matches("key_alias", key.alias())
                        && Resources.matches(asked, "key_hash", key.sha256())
                        && isFound(key)
                        && (status == null || status.equals(status(key, now)))
                        && (expires == null || expires.equals("expired") == isOver(key, now)));
        if (order == null) {
            return found.toList();
        }
        Comparator<Control.Key> comparator = order(order).thenComparing(KeyBook.ORDER);
        return found.sorted("asc".equals(direction) ? comparator : comparator.reversed())
                .toList();
    }

    /** What is wrong with a parameter. */
    ClientError wrong() {
        return Objects.requireNonNull(wrong, "nothing is wrong");
    }

    /** LiteLLM's word for how it is with a key. */
    static String status(Control.Key key, long now) {
        return key.blocked() ? "revoked" : isOver(key, now) ? "expired" : "active";
    }

    private static boolean isOver(Control.Key key, long now) {
        return key.expiresAt() > 0 && key.expiresAt() <= now;
    }

    private static Comparator<Control.Key> order(String name) {
        return switch (name) {
            case "created_at" -> Comparator.comparingLong(Control.Key::createdAt);
            case "expires" -> Comparator.comparingLong(key -> key.expiresAt() == 0 ? Long.MAX_VALUE : key.expiresAt());
            case "key_alias" -> by(Control.Key::alias);
            case "team_id" -> by(Control.Key::team);
            default -> by(Control.Key::user);
        };
    }

    private static Comparator<Control.Key> by(Function<Control.Key, @Nullable String> text) {
        return Comparator.comparing(text, TEXTS);
    }

    private boolean isFound(Control.Key key) {
        String text = asked.query("search");
        return text == null || text.equals(key.sha256()) || isIn(text, key.alias());
    }

    private boolean matches(String name, @Nullable String value) {
        String wanted = asked.query(name);
        return wanted == null || (loosely ? isIn(wanted, value) : wanted.equals(value));
    }

    private static boolean isIn(String part, @Nullable String value) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private @Nullable String oneOf(String name, List<String> words) {
        String word = asked.query(name);
        if (word != null && !words.contains(word) && wrong == null) {
            wrong = ClientError.invalid(name, null, name + " is one of " + String.join(", ", words) + ".");
        }
        return word;
    }
}
