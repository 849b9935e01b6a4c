package dev.laneway.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.testkit.answers.Answer;
import dev.laneway.testkit.answers.Answerer;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.answers.Shaping;
import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.faults.FaultNames;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.limits.Admission;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.CallIds;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import dev.laneway.testkit.wire.VendorCall;
import dev.laneway.testkit.wire.VendorError;
import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Serves the vendors' own paths: key, JSON, fault, check, limit, answer, in this order. For one event loop.
 */
final class VendorHandler {
    /** Larger requests are refused with 413. */
    static final int LARGEST_BODY = 64 * 1024 * 1024;

    private static final int MOST_NAMES = 10_000;
    private static final byte[] NO_BODY = {};

    private final Vertx vertx;
    private final Service service;
    private final ObjectMapper json = new ObjectMapper();
    private final MessageDigest sha256;
    private final Keys keys;
    private final Map<String, Parsed<ModelName>> names = new HashMap<>();

    VendorHandler(Vertx vertx, Service service, MessageDigest sha256) {
        this.vertx = vertx;
        this.service = service;
        this.sha256 = sha256;
        this.keys = new Keys(sha256);
    }

    /** A request on its way through. */
    private record Visit(
            HttpServerRequest request, Target target, VendorWire wire, String key, LiveCall call, String requestId) {}

    void handle(HttpServerRequest request) {
        String path = request.path();
        Target target = Target.of(request.method().name(), path);
        VendorWire wire = service.wire(target.vendor(request.headers().contains("anthropic-version")));
        String attempt = request.getHeader("x-client-request-id");
        String key = Keys.of(request.headers());
        LiveCall call = service.log()
                .open(
                        service.clock().millis(),
                        attempt == null ? "" : attempt,
                        wire.vendor(),
                        path,
                        keys.fingerprint(key));
        Visit visit = new Visit(
                request,
                target,
                wire,
                key,
                call,
                wire.requestId(Mix.of(service.config().seed(), call.seq())));
        request.response().closeHandler(closed -> call.clientLeft());
        new BodyReader(
                        LARGEST_BODY,
                        body -> play(visit, reply(visit, body)),
                        () -> play(visit, error(visit, wire.tooLarge(LARGEST_BODY))))
                .read(request);
    }

    private Reply reply(Visit visit, byte[] bytes) {
        boolean keep = service.config().keepBodies() && bytes.length > 0;
        visit.call().arrived(sha256.digest(bytes), keep ? bytes : NO_BODY);
        if (keep) {
            service.log().keeps(visit.call(), bytes.length);
        }
        VendorWire wire = visit.wire();
        String path = visit.request().path();
        if (visit.key().isEmpty() && Keys.needed(path)) {
            return error(visit, wire.noKey());
        }
        if (Keys.wrong(visit.key())) {
            return error(visit, wire.wrongKey());
        }
        return switch (visit.target()) {
            case UNKNOWN ->
                error(visit, wire.unknownPath(visit.request().method().name(), path));
            case MODELS -> models(visit);
            case CHAT, EMBEDDINGS, MESSAGES, COUNT_TOKENS -> asked(visit, bytes);
        };
    }

    private Reply models(Visit visit) {
        Optional<Fault> fault = pick(visit, "");
        String text = ModelList.write(
                service.config().models(),
                visit.wire().vendor(),
                visit.request().path());
        return fault.map(met -> deliver(visit, met, text)).orElseGet(() -> Reply.whole(200, Reply.JSON, text, 0));
    }

    private Reply asked(Visit visit, byte[] bytes) {
        JsonNode body;
        try {
            body = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            return error(visit, visit.wire().notJson());
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (body == null || !body.isObject()) {
            return error(visit, visit.wire().notJson());
        }
        String named = body.path("model").asText("");
        String model = named.isEmpty() ? deployment(visit.request().path()) : named;
        visit.call().asks(model);
        if (model.isEmpty()) {
            return error(visit, visit.wire().unreadableModel("", ""));
        }
        return switch (name(model)) {
            case Parsed.Bad<ModelName>(String reason) ->
                error(visit, visit.wire().unreadableModel(model, reason));
            case Parsed.Good<ModelName>(ModelName read) -> asked(visit, body, bytes.length, read);
        };
    }

    /** The model that Azure's path names: {@code /openai/deployments/NAME/chat/completions}. */
    private static String deployment(String path) {
        int at = path.indexOf("/deployments/");
        int from = at + "/deployments/".length();
        int to = at < 0 ? -1 : path.indexOf('/', from);
        return to < 0 ? "" : path.substring(from, to);
    }

    private Parsed<ModelName> name(String model) {
        if (names.size() > MOST_NAMES) {
            names.clear();
        }
        return names.computeIfAbsent(
                model, text -> ModelName.parse(text, service.config().behaviour()));
    }

    private Reply asked(Visit visit, JsonNode body, int size, ModelName model) {
        Optional<Fault> fault = pick(visit, model.full()).or(model::fault);
        fault.ifPresent(met -> visit.call().meets(FaultNames.spec(met).toString()));
        if (fault.isPresent() && fault.get() instanceof Fault.Instead instead) {
            return instead(visit, instead, model, body.path("stream").asBoolean());
        }
        if (visit.target() == Target.EMBEDDINGS) {
            return Embeddings.answer(body, model.full(), visit.call())
                    .map(text -> fault.map(met -> deliver(visit, met, text))
                            .orElseGet(() -> Reply.whole(200, Reply.JSON, text, 0)))
                    .orElseGet(() -> error(visit, Embeddings.refusal()));
        }
        RequestHead head =
                new RequestHead(visit.request().path(), visit.request().headers(), size);
        return switch (visit.wire().read(body, model, head)) {
            case Reading.Refused(VendorError error) -> error(visit, error);
            case Reading.Understood(VendorCall understood) -> understood(visit, understood, fault);
        };
    }

    private Reply understood(Visit visit, VendorCall understood, Optional<Fault> fault) {
        Ask ask = understood.ask();
        visit.call().asks(ask);
        if (visit.target() == Target.COUNT_TOKENS) {
            String count = "{\"input_tokens\":" + ask.prompt().tokens() + "}";
            return fault.map(met -> deliver(visit, met, count)).orElseGet(() -> Reply.whole(200, Reply.JSON, count, 0));
        }
        int window = ask.model().behaviour().contextWindow();
        if (ask.prompt().tokens() > window) {
            return error(visit, visit.wire().contextWindow(ask.prompt().tokens(), window));
        }
        String account = keys.fingerprint(visit.key());
        Admission admission = service.limits()
                .admit(account, ask.model().full(), (long) ask.prompt().tokens() + Answerer.atMost(ask));
        visit.wire()
                .rateHeaders(
                        visit.request().response().headers(),
                        admission.standing(),
                        service.clock().millis());
        return switch (admission) {
            case Admission.Denied denied ->
                error(visit, visit.wire().overLimit(denied, ask.model().full()))
                        .after(Optional.of(Long.toString(Math.max(1, (denied.retryAfterMillis() + 999) / 1000))));
            case Admission.Admitted admitted -> {
                visit.call().whenEnded(admitted.release());
                yield answered(visit, understood, fault, Mix.of(account));
            }
        };
    }

    private Reply answered(Visit visit, VendorCall understood, Optional<Fault> fault, long owner) {
        Ask ask = understood.ask();
        Answer answer = service.answerer().answer(ask, owner);
        if (fault.isPresent() && fault.get() instanceof Fault.Shaping shaping) {
            answer = Shaping.apply(shaping, answer);
        }
        visit.call().due(answer.usage());
        long draw = Mix.of(service.config().seed(), visit.call().seq(), 1);
        CallIds ids = new CallIds(draw, service.clock().millis() / 1000);
        long ttft = ask.model().behaviour().ttft().millis(Mix.of(draw, 2));
        long gap = ask.model().behaviour().gapMillis();
        Optional<Fault.Delivery> delivery =
                fault.flatMap(met -> met instanceof Fault.Delivery bad ? Optional.of(bad) : Optional.empty());
        VendorError broken = visit.wire().ofStatus(500, ask.model().full());
        if (ask.stream() && !(delivery.isPresent() && delivery.get() instanceof Fault.NotStreamed)) {
            StreamReply stream = new StreamReply(understood.stream(answer, ids), ttft, gap);
            return delivery.map(bad -> stream.plan(bad, visit.wire().event(broken, visit.requestId())))
                    .orElseGet(stream::plan);
        }
        int chunks = Math.max(1, ask.model().behaviour().chunks());
        WholeReply whole =
                new WholeReply(understood.whole(answer, ids), answer.usage().completion(), ttft + gap * (chunks - 1));
        return delivery.map(bad -> whole.plan(bad, visit.wire().body(broken, visit.requestId())))
                .orElseGet(whole::plan);
    }

    private Optional<Fault> pick(Visit visit, String model) {
        return service.faults().pick(model, visit.request().path(), visit.call().attemptId());
    }

    /** A fault on its way to an answer that isn't a completion. */
    private Reply deliver(Visit visit, Fault fault, String text) {
        visit.call().meets(FaultNames.spec(fault).toString());
        return switch (fault) {
            case Fault.Instead instead -> instead(visit, instead, "", false);
            case Fault.Shaping shaping -> Reply.whole(200, Reply.JSON, text, 0);
            case Fault.Delivery delivery ->
                new WholeReply(text, 0, 0)
                        .plan(delivery, visit.wire().body(visit.wire().ofStatus(500, ""), visit.requestId()));
        };
    }

    private Reply instead(Visit visit, Fault.Instead fault, ModelName model, boolean stream) {
        return instead(visit, fault, model.full(), stream);
    }

    private Reply instead(Visit visit, Fault.Instead fault, String model, boolean stream) {
        VendorWire wire = visit.wire();
        return switch (fault) {
            case Fault.Status(int code, var retryAfter) ->
                error(visit, wire.ofStatus(code, model)).after(retryAfter.header(service.clock()));
            case Fault.ContextWindow() -> error(visit, wire.contextWindow(200_001, 200_000));
            case Fault.ContentPolicy() -> error(visit, wire.contentPolicy());
            case Fault.ErrorIn200() -> {
                VendorError error = wire.ofStatus(500, model);
                yield stream
                        ? Reply.whole(200, Reply.EVENTS, wire.event(error, visit.requestId()), 0)
                        : Reply.whole(200, Reply.JSON, wire.body(error, visit.requestId()), 0);
            }
            case Fault.HtmlPage(int status) ->
                Reply.whole(
                        status,
                        Reply.HTML,
                        "<html><head><title>" + status + "</title></head><body><h1>" + status
                                + "</h1><p>The page can't be shown.</p></body></html>",
                        0);
            case Fault.EmptyBody() -> Reply.whole(200, stream ? Reply.EVENTS : Reply.JSON, "", 0);
        };
    }

    private static Reply error(Visit visit, VendorError error) {
        return Reply.whole(error.status(), Reply.JSON, visit.wire().body(error, visit.requestId()), 0);
    }

    private void play(Visit visit, Reply reply) {
        visit.request().response().putHeader(visit.wire().requestIdHeader(), visit.requestId());
        new ReplyPlayer(vertx, visit.request(), visit.call(), reply).play();
    }
}
