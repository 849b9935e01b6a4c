package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.audit.AuditEntry;
import dev.laneway.runtime.audit.AuditLog;
import java.time.DateTimeException;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/audit}: who changed what, from what, to what; the newest first. For admins. One event loop. */
final class AuditPages {
    private static final Logger LOG = LoggerFactory.getLogger(AuditPages.class);
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    private static final List<String> FILTERS = List.of("kind", "id", "actor", "before");
    private static final Set<String> PARAMETERS = Set.of("kind", "id", "actor", "since", "before", "limit");

    private final FrontDoor door;
    private final Editor editor;
    private final AuditLog log;

    AuditPages(FrontDoor door, Editor editor, AuditLog log) {
        this.door = door;
        this.editor = editor;
        this.log = log;
    }

    List<Served> served() {
        return List.of(Served.get("/v1/audit", this::list));
    }

    private void list(Served.Asked asked) {
        if (!asked.caller().isAdmin()) {
            editor.refuse(
                    asked.call(),
                    Edit.Refused.forbidden("Only an admin sees the audit log.").error());
            return;
        }
        if (!editor.keepsTo(asked, PARAMETERS)) {
            return;
        }
        String since = asked.query("since");
        long from;
        try {
            from = since == null ? 0 : Resources.instant(since);
        } catch (DateTimeException none) {
            wrong(asked, "since", "since is an instant such as 2026-11-30T00:00:00Z.");
            return;
        }
        for (String name : FILTERS) {
            String value = asked.query(name);
            if (value != null && value.chars().anyMatch(Character::isISOControl)) {
                wrong(asked, name, name + " has no control characters.");
                return;
            }
        }
        Integer limit = editor.number(asked, "limit", PAGE, LARGEST_PAGE);
        if (limit == null) {
            return;
        }
        log.find(new AuditLog.Question(
                        asked.query("kind"),
                        asked.query("id"),
                        asked.query("actor"),
                        from,
                        asked.query("before"),
                        limit + 1))
                .onComplete((entries, cause) -> {
                    if (cause == null) {
                        show(asked, entries, limit);
                    } else {
                        LOG.warn("the audit log can't be read: {}", String.valueOf(cause));
                        door.refuse(asked.call(), Rejection.of(Refusal.DATABASE_AWAY, asked.call()));
                    }
                });
    }

    private void wrong(Served.Asked asked, String parameter, String message) {
        editor.refuse(asked.call(), ClientError.invalid(parameter, null, message));
    }

    private static void show(Served.Asked asked, List<AuditEntry> entries, int limit) {
        ArrayNode data = Json.array();
        entries.stream().limit(limit).forEach(entry -> {
            ObjectNode shown = data.addObject();
            shown.put("id", entry.command());
            Json.time(shown, "at", entry.at());
            shown.put("actor", entry.actor());
            shown.put("action", entry.action());
            shown.put("kind", entry.kind());
            shown.put("entity", entry.id());
            shown.put("version", entry.version());
            if (entry.before() == null) {
                shown.putNull("before");
            } else {
                shown.set("before", Views.of(entry.before()));
            }
            shown.set("after", Views.of(entry.after()));
        });
        ObjectNode answer = Json.object();
        answer.set("data", data);
        answer.put("has_more", entries.size() > limit);
        Editor.answer(asked.call(), answer);
    }
}
