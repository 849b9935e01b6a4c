package dev.laneway.runtime.dead;

import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.meters.Meters;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dead letters on the management port. {@code GET /dead/letters} lists them, {@code GET /dead/letters/ID} shows one, {@code POST
 * /dead/replay/ID} sends one out again, and {@code POST /dead/replay} all. {@code ?zone=}, {@code ?lane=}; {@code ?force=true}, {@code
 * ?by=}; {@code ?format=json}. What changes something, and {@code ?body=true}, which shows content, need the operator's key as a bearer
 * token. 401 without it, 404 where there is no such letter, 409 where one isn't sent out, 503 while another command runs or the broker
 * does not answer.
 */
public final class DeadPage implements Handler<HttpServerRequest> {
    public static final String PREFIX = "/dead/";

    private static final Logger LOG = LoggerFactory.getLogger(DeadPage.class);
    private static final String LETTERS = PREFIX + "letters";
    private static final String REPLAY = PREFIX + "replay";
    private static final String BEARER = "Bearer ";
    private static final int LONGEST_NAME = 100;

    private final Vertx vertx;
    private final DeadLetterOffice office;
    private volatile Predicate<String> operator = key -> false;

    private DeadPage(Vertx vertx, DeadLetterOffice office) {
        this.vertx = vertx;
        this.office = office;
    }

    public static DeadPage create(Vertx vertx, KafkaSettings kafka, Meters meters) {
        return new DeadPage(vertx, new DeadLetterOffice(vertx, kafka, meters));
    }

    /** Whose key opens what needs one; before, nobody's does. Asked where it may block. */
    public void operatedBy(Predicate<String> admitted) {
        operator = admitted;
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = request.path();
        boolean post = HttpMethod.POST.equals(request.method());
        if (!post && path.equals(LETTERS)) {
            list(request);
        } else if (!post && path.startsWith(LETTERS + "/")) {
            if (flag(request, "body")) {
                withKey(request, () -> show(request, id(path, LETTERS), true));
            } else {
                show(request, id(path, LETTERS), false);
            }
        } else if (post && path.startsWith(REPLAY + "/")) {
            withKey(request, () -> replay(request, id(path, REPLAY)));
        } else if (post && path.equals(REPLAY)) {
            withKey(request, () -> replayAll(request));
        } else {
            line(request, 404, "no such page");
        }
    }

    private void withKey(HttpServerRequest request, Runnable then) {
        String header = request.getHeader("authorization");
        String key = header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
        request.pause(); // it would end before the key is looked at
        vertx.executeBlocking(() -> !key.isEmpty() && operator.test(key), false).onComplete((admitted, cause) -> {
            request.resume();
            if (cause == null && admitted) {
                then.run();
            } else {
                line(
                        request,
                        401,
                        "this needs the master key (--key, or LANEWAY_MASTER_KEY), and a process that knows it");
            }
        });
    }

    private void list(HttpServerRequest request) {
        answer(request, office.list(zone(request), lane(request)), found -> {
            List<DeadLetter> letters = found.letters();
            if (json(request)) {
                JsonArray all = new JsonArray();
                letters.forEach(letter -> all.add(letter.json()));
                send(request, 200, new JsonObject().put("letters", all).put("complete", found.complete()));
            } else {
                Stream<String> lines = letters.stream().map(DeadLetter::line);
                String rest = found.complete() ? "" : "\n(there are more)";
                send(request, 200, letters.isEmpty() ? "no dead letters" : String.join("\n", lines.toList()) + rest);
            }
        });
    }

    private void show(HttpServerRequest request, String id, boolean content) {
        answer(
                request,
                office.find(id),
                found -> found.ifPresentOrElse(
                        whole -> {
                            if (json(request)) {
                                send(request, 200, LetterText.json(whole, content));
                            } else {
                                send(request, 200, LetterText.text(whole, content));
                            }
                        },
                        () -> line(request, 404, "there is no dead letter " + id)));
    }

    private void replay(HttpServerRequest request, String id) {
        answer(
                request,
                office.replay(id, order(request)),
                found -> found.ifPresentOrElse(
                        outcome -> outcomes(request, List.of(outcome)),
                        () -> line(request, 404, "there is no dead letter " + id)));
    }

    private void replayAll(HttpServerRequest request) {
        answer(
                request,
                office.replayAll(zone(request), lane(request), order(request)),
                outcomes -> outcomes(request, outcomes));
    }

    private static void outcomes(HttpServerRequest request, List<DeadLetterOffice.Outcome> outcomes) {
        boolean refused = outcomes.stream().anyMatch(DeadLetterOffice.Outcome.Refused.class::isInstance);
        int status = refused ? 409 : 200;
        if (json(request)) {
            JsonArray all = new JsonArray();
            outcomes.forEach(outcome -> all.add(outcomeJson(outcome)));
            send(request, status, new JsonObject().put("letters", all));
        } else {
            List<String> lines = outcomes.stream().map(DeadPage::outcomeLine).toList();
            send(request, status, lines.isEmpty() ? "nothing to send out" : String.join("\n", lines));
        }
    }

    private static String outcomeLine(DeadLetterOffice.Outcome outcome) {
        return switch (outcome) {
            case DeadLetterOffice.Outcome.Sent sent ->
                sent.id() + ": sent to " + sent.replayed().to();
            case DeadLetterOffice.Outcome.Already already ->
                already.id() + ": was sent to " + already.replayed().to() + " before, by "
                        + already.replayed().by();
            case DeadLetterOffice.Outcome.Refused refused -> refused.id() + ": not sent: " + refused.why();
        };
    }

    private static JsonObject outcomeJson(DeadLetterOffice.Outcome outcome) {
        JsonObject json = new JsonObject().put("id", outcome.id());
        return switch (outcome) {
            case DeadLetterOffice.Outcome.Sent sent ->
                json.put("outcome", "sent").put("to", sent.replayed().to());
            case DeadLetterOffice.Outcome.Already already ->
                json.put("outcome", "sent_before")
                        .put("to", already.replayed().to())
                        .put("by", already.replayed().by());
            case DeadLetterOffice.Outcome.Refused refused ->
                json.put("outcome", "refused").put("why", refused.why()).put("forceable", refused.forceable());
        };
    }

    private static DeadLetterOffice.Order order(HttpServerRequest request) {
        String by = request.getParam("by");
        String name = by == null || by.isBlank() ? "an operator" : by;
        return new DeadLetterOffice.Order(
                name.substring(0, Math.min(name.length(), LONGEST_NAME)), flag(request, "force"));
    }

    private static <T> void answer(HttpServerRequest request, Future<T> work, Handler<T> then) {
        work.onComplete((done, cause) -> {
            if (cause == null) {
                then.handle(done);
            } else if (cause instanceof DeadLetterOffice.Busy) {
                line(request, 503, DeadLetterOffice.Busy.MESSAGE);
            } else {
                LOG.warn("dead letters: {}", cause.toString());
                line(request, 503, "the broker does not answer");
            }
        });
    }

    private static @Nullable Zone zone(HttpServerRequest request) {
        String id = request.getParam("zone");
        return Stream.of(Zone.values())
                .filter(zone -> zone.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String lane(HttpServerRequest request) {
        String lane = request.getParam("lane");
        return lane == null || !Topics.SEGMENT.matcher(lane).matches() ? null : lane;
    }

    private static boolean flag(HttpServerRequest request, String name) {
        return "true".equals(request.getParam(name));
    }

    private static boolean json(HttpServerRequest request) {
        return "json".equals(request.getParam("format"));
    }

    private static void line(HttpServerRequest request, int status, String line) {
        if (json(request)) {
            send(request, status, new JsonObject().put("error", line));
        } else {
            send(request, status, line);
        }
    }

    private static void send(HttpServerRequest request, int status, JsonObject body) {
        send(request, status, "application/json", body.encodePrettily());
    }

    private static void send(HttpServerRequest request, int status, String text) {
        send(request, status, "text/plain; charset=utf-8", text + "\n");
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }

    private static String id(String path, String prefix) {
        try {
            return URLDecoder.decode(path.substring(prefix.length() + 1), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
