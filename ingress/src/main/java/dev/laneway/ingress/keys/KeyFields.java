package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.KeyDraft;
import dev.laneway.contracts.Role;
import dev.laneway.runtime.control.Directory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key as LiteLLM's fields have it. */
final class KeyFields {
    static final int MOST_TAGS = 32;
    static final int LONGEST_TAG = 128;

    private KeyFields() {}

    /** Changes a key by what the fields say; a field that is null takes back. */
    static void read(Fields fields, KeyDraft key, long now) {
        if (fields.has("key_alias")) {
            key.alias(fields.name("key_alias"));
        }
        if (fields.has("team_id")) {
            key.team(fields.id("team_id"));
        }
        if (fields.has("user_id")) {
            key.user(fields.id("user_id"));
        }
        if (fields.has("tags")) {
            key.tags(tags(fields));
        }
        if (fields.has("metadata")) {
            Map<String, @Nullable Object> metadata = Notes.read(fields);
            key.metadata(metadata);
            if (!fields.has("tags") && metadata.get("tags") instanceof List<?> noted) {
                key.tags(notedTags(fields, noted));
            }
        }
        if (fields.says("blocked")) {
            key.blocked(fields.flag("blocked", false));
        }
        if (fields.says("key_type") && Boolean.TRUE.equals(fields.parsed("key_type", KeyFields::isReadOnly))) {
            key.role(Role.READ_ONLY);
        }
        if (fields.has("role")) {
            key.role(role(fields, "role"));
        }
        if (fields.has("duration")) {
            String duration = fields.name("duration");
            if (duration == null || duration.equals("-1")) {
                key.expiresAt(0);
            } else {
                Long millis = fields.parsed("duration", Spans::millis);
                key.expiresAt(millis == null ? 0 : now + millis);
            }
        }
        if (fields.has("budget_id")) {
            key.template(fields.name("budget_id"));
        }
        key.terms(LiteLlmTerms.read(fields, key.terms()));
    }

    static List<String> tags(Fields fields) {
        List<String> tags = Objects.requireNonNullElse(fields.texts("tags"), List.of());
        if (tags.size() > MOST_TAGS || tags.stream().anyMatch(tag -> tag.length() > LONGEST_TAG)) {
            fields.fail("tags", "are at most " + MOST_TAGS + ", each of at most " + LONGEST_TAG + " characters");
        }
        return tags;
    }

    /** LiteLLM's scripts put a key's tags into its notes as well. */
    private static List<String> notedTags(Fields fields, List<?> noted) {
        boolean fit = noted.size() <= MOST_TAGS
                && noted.stream().allMatch(tag -> tag instanceof String text && text.length() <= LONGEST_TAG);
        if (!fit) {
            fields.fail(
                    "metadata",
                    "has tags that are at most " + MOST_TAGS + " texts of at most " + LONGEST_TAG + " characters each");
            return List.of();
        }
        return noted.stream().map(String::valueOf).distinct().toList();
    }

    /** LiteLLM's types of keys, of which two are kept to. */
    private static boolean isReadOnly(String type) {
        return switch (type) {
            case "default" -> false;
            case "read_only" -> true;
            default -> throw new IllegalArgumentException("a key_type that is kept to is default or read_only");
        };
    }

    /** Our words, and LiteLLM's. */
    static @Nullable Role role(Fields fields, String name) {
        return fields.parsed(name, text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "admin", "proxy_admin" -> Role.ADMIN;
            case "team_admin" -> Role.TEAM_ADMIN;
            case "member", "user", "internal_user" -> Role.MEMBER;
            case "read_only", "internal_user_viewer" -> Role.READ_ONLY;
            default -> throw new IllegalArgumentException("a role is admin, team_admin, member or read_only");
        });
    }

    /** All there is to say but the secret; of terms what holds, by itself and by its budget. */
    static ObjectNode info(Directory directory, Control.Key key, long now) {
        ObjectNode info = Json.object();
        info.put("token", key.sha256());
        info.put("token_id", key.sha256());
        info.put("key_id", key.id());
        info.put("key_name", key.hint() == null ? null : "sk-..." + key.hint());
        info.put("key_alias", key.alias());
        info.put("team_id", key.team());
        info.put("user_id", key.user());
        info.put("role", key.role() == null ? null : key.role().id());
        Json.time(info, "expires", key.expiresAt());
        info.put("blocked", key.blocked());
        info.put("status", KeyFilter.status(key, now));
        info.set("tags", Json.texts(key.tags()));
        info.put("budget_id", key.template());
        Control.Template budget = key.template() == null ? null : directory.template(key.template());
        info.set("litellm_budget_table", budget == null ? null : LiteLlmTerms.budget(budget, now));
        return LiteLlmTerms.end(info, key, directory.terms(key), key.metadata(), key.createdAt(), now);
    }
}
