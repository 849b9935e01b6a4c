package dev.laneway.ingress.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.runtime.alerts.AlertEntry;
import dev.laneway.runtime.alerts.AlertLog;
import dev.laneway.runtime.config.alerts.AlertKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /v1/alerts}: what was raised and who was told, the newest first. For admins. One event loop. */
public final class AlertPages {
    private static final Logger LOG = LoggerFactory.getLogger(AlertPages.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PAGE = 50;
    private static final int LARGEST_PAGE = 500;
    /** The end of the year 9999. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    private static final List<String> FILTERS = List.of("kind", "subject", "before");
    private static final List<String> PARAMETERS = List.of("kind", "subject", "since", "before", "limit");
    private static final List<String> KINDS =
            Arrays.stream(AlertKind.values()).map(AlertKind::id).toList();

    private final FrontDoor door;
    private final AlertLog log;

    public AlertPages(FrontDoor door, AlertLog log) {
        this.door = door;
        this.log = log;
    }

    public void list(Call call, Caller caller) {
        if (!caller.isAdmin()) {
            door.refuse(call, Rejection.of(Refusal.FORBIDDEN, call));
            return;
        }
        for (String name : call.http().params().names()) {
            if (!PARAMETERS.contains(name)) {
                refuse(
                        call,
                        name,
                        "It is not kept to here, so it is refused: known are " + String.join(", ", PARAMETERS) + ".");
                return;
            }
        }
        String since = asked(call, "since");
        String limit = asked(call, "limit");
        String kind = asked(call, "kind");
        if (kind != null && !KINDS.contains(kind)) {
            refuse(call, "kind", "kind is one of " + String.join(", ", KINDS) + ".");
            return;
        }
        long from;
        try {
            from = since == null ? 0 : Instant.parse(since).toEpochMilli();
        } catch (DateTimeException | ArithmeticException none) {
            refuse(call, "since", "since is an instant such as 2026-11-30T00:00:00Z.");
            return;
        }
        if (limit != null && !limit.matches("[1-9][0-9]{0,8}")) {
            refuse(call, "limit", "limit is a number from 1 to " + LARGEST_PAGE + ".");
            return;
        }
        for (String name : FILTERS) {
            String value = asked(call, name);
            if (value != null && value.chars().anyMatch(Character::isISOControl)) {
                refuse(call, name, name + " has no control characters.");
                return;
            }
        }
        int page = limit == null ? PAGE : Math.min(LARGEST_PAGE, Integer.parseInt(limit));
        log.find(new AlertLog.Question(
                        kind,
                        asked(call, "subject"),
                        Math.clamp(from, 0, LAST_MILLIS),
                        asked(call, "before"),
                        page + 1))
                .onComplete((entries, cause) -> {
                    if (cause == null) {
                        call.json(200, shown(entries, page));
                    } else {
                        LOG.warn("alerts can't be read: {}", String.valueOf(cause));
                        door.refuse(call, Rejection.of(Refusal.DATABASE_AWAY, call));
                    }
                });
    }

    private void refuse(Call call, String parameter, String message) {
        door.refuse(call, Rejection.of(Refusal.INVALID, call, ClientError.invalid(parameter, null, message)));
    }

    private static @Nullable String asked(Call call, String name) {
        String value = call.http().getParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static byte[] shown(List<AlertEntry> entries, int page) {
        ObjectNode answer = JSON.createObjectNode().put("object", "list");
        ArrayNode data = answer.putArray("data");
        entries.stream().limit(page).forEach(entry -> shown(entry, data.addObject()));
        answer.put("has_more", entries.size() > page);
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException never) {
            throw new IllegalStateException("a tree can be written", never);
        }
    }

    private static void shown(AlertEntry entry, ObjectNode json) {
        json.put("id", entry.id())
                .put("kind", entry.kind())
                .put("rule", entry.rule())
                .put("subject", entry.subject())
                .put("level", entry.level())
                .put("window_from", entry.windowFrom().toString())
                .put("title", entry.title())
                .put("text", entry.text())
                .putRawValue("details", new RawValue(entry.details()));
        json.put("silenced", entry.silenced())
                .put("silenced_by", entry.silencedBy())
                .put("raised_at", entry.raisedAt().toString());
        ArrayNode deliveries = json.putArray("deliveries");
        for (AlertEntry.Delivery delivery : entry.deliveries()) {
            boolean due = delivery.state().equals("due");
            deliveries
                    .addObject()
                    .put("channel", delivery.channel())
                    .put("state", delivery.state())
                    .put("attempts", delivery.attempts())
                    .put("next_at", due ? delivery.nextAt().toString() : null)
                    .put(
                            "ended_at",
                            delivery.endedAt() == null
                                    ? null
                                    : delivery.endedAt().toString())
                    .put("status", delivery.status())
                    .put("failure", delivery.failure());
        }
    }
}
