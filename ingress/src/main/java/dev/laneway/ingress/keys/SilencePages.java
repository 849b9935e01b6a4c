package dev.laneway.ingress.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Command;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.dialects.ClientError;
import dev.laneway.runtime.config.alerts.AlertKind;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/alerts/silences}: of which alerts nobody is told for a while. For admins alone: alerts are the operator's, and nobody whom they
 * are about may keep them from the operator. One event loop.
 */
final class SilencePages {
    /** Not over, at once. */
    static final int MOST = 1_000;

    private static final String ALL = "/v1/alerts/silences";
    private static final String ONE = ALL + "/:id";
    private static final int LONGEST_SUBJECT = 256;
    private static final int LONGEST_REASON = 500;
    private static final long LONGEST = Duration.ofDays(90).toMillis();
    private static final long FARTHEST = Duration.ofDays(366).toMillis();
    private static final String KINDS =
            Arrays.stream(AlertKind.values()).map(AlertKind::id).collect(Collectors.joining(", "));
    /** The newest first. */
    private static final Comparator<Control.Silence> ORDER =
            Comparator.comparing(Control.Silence::id).reversed();

    private final KeyBook book;
    private final Resources resources;

    SilencePages(KeyBook book, Resources resources) {
        this.book = book;
        this.resources = resources;
    }

    List<Served> served() {
        return List.of(
                Served.get(ALL, this::list),
                Served.post(ALL, this::create),
                Served.get(ONE, this::show),
                new Served(HttpMethod.DELETE, ONE, this::end));
    }

    /** Those that are not over; with {@code ended=true} those that are, too. */
    private void list(Served.Asked asked) {
        if (!admitted(asked) || !resources.editor().keepsTo(asked, Set.of("limit", "after", "ended"))) {
            return;
        }
        String said = asked.query("ended");
        if (said != null && !said.equals("true") && !said.equals("false")) {
            resources.editor().refuse(asked.call(), ClientError.invalid("ended", null, "ended is true or false."));
            return;
        }
        boolean ended = "true".equals(said);
        long now = book.clock.getAsLong();
        resources.page(
                asked,
                Scope.GLOBAL,
                book.directory.silences().stream()
                        .filter(silence -> ended || !silence.isOver(now))
                        .sorted(ORDER)
                        .toList(),
                book.directory::silence,
                ORDER,
                (silence, spent) -> view(silence));
    }

    private void show(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        Control.Silence silence = book.directory.silence(asked.part("id"));
        if (silence == null) {
            resources.notFound(asked, "This silence");
        } else {
            Editor.answer(asked.call(), view(silence));
        }
    }

    private void create(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        String id = book.nextId("silence");
        resources.change(asked, 201, fields -> made(asked, fields, id), done -> view((Control.Silence) done));
    }

    private Edit made(Served.Asked asked, Fields fields, String id) {
        long now = book.clock.getAsLong();
        String kind = fields.name("kind");
        if (kind != null
                && Arrays.stream(AlertKind.values()).noneMatch(each -> each.id().equals(kind))) {
            fields.fail("kind", "is one of " + KINDS);
        }
        String subject = text(fields, "subject", LONGEST_SUBJECT);
        if (kind == null && subject == null) {
            fields.fail("kind", "or subject is missing: which alerts; subject * is every one");
        }
        Long said = fields.parsed("from", Resources::instant);
        long from = said == null ? now : said;
        long until = until(fields, from);
        if (until <= Math.max(from, now)) {
            fields.fail(
                    "until",
                    "is missing, or not behind from and now: a silence has an end; for is how long, such as 2h");
        } else if (until - from > LONGEST || from - now > FARTHEST) {
            fields.fail("until", "is at most 90 days behind from, and that at most a year ahead");
        }
        String reason = text(fields, "reason", LONGEST_REASON);
        ClientError wrong = fields.wrong();
        if (wrong != null) {
            return new Edit.Refused(wrong);
        }
        if (book.directory.silences().stream().filter(each -> !each.isOver(now)).count() >= MOST) {
            return new Edit.Refused(new ClientError(
                    400,
                    ClientError.INVALID_REQUEST,
                    "too_many_silences",
                    null,
                    "There are " + MOST + " silences that are not over: end some, or name more by one.",
                    ""));
        }
        return new Edit.Wanted(
                Command.Action.CREATE,
                0,
                new Control.Silence(
                        0,
                        id,
                        kind,
                        subject,
                        from,
                        until,
                        reason,
                        Editor.actor(asked.call(), asked.caller()),
                        false,
                        null,
                        now));
    }

    /** 0 where it is not said. */
    private static long until(Fields fields, long from) {
        Long until = fields.parsed("until", Resources::instant);
        Long millis = fields.parsed("for", Spans::millis);
        if (until != null && millis != null) {
            fields.fail("for", "and until are both there: one of them says when it ends");
        }
        return until != null ? until : millis != null ? from + millis : 0;
    }

    private static @Nullable String text(Fields fields, String name, int most) {
        String text = fields.name(name);
        if (text != null && text.length() > most) {
            fields.fail(name, "has at most " + most + " characters");
        }
        return text;
    }

    private void end(Served.Asked asked) {
        if (!admitted(asked)) {
            return;
        }
        resources.change(asked, 200, fields -> ended(asked.part("id")), done -> view((Control.Silence) done));
    }

    private Edit ended(String id) {
        Control.Silence was = book.directory.silence(id);
        long now = book.clock.getAsLong();
        return was == null || was.isOver(now)
                ? Edit.Refused.notFound("A silence of this id that is not over")
                : new Edit.Wanted(
                        Command.Action.DELETE,
                        was.version(),
                        new Control.Silence(
                                was.version(),
                                was.id(),
                                was.kind(),
                                was.subject(),
                                was.from(),
                                Math.max(was.from(), now),
                                was.reason(),
                                was.by(),
                                true,
                                null,
                                was.createdAt()));
    }

    private ObjectNode view(Control.Silence silence) {
        long now = book.clock.getAsLong();
        return Views.of(silence)
                .put("state", silence.isOver(now) ? "ended" : now < silence.from() ? "to_come" : "in_force");
    }

    private boolean admitted(Served.Asked asked) {
        boolean admin = asked.caller().isAdmin();
        if (!admin) {
            resources
                    .editor()
                    .refuse(
                            asked.call(),
                            Edit.Refused.forbidden("Only an admin sees and changes silences.")
                                    .error());
        }
        return admin;
    }
}
