package dev.laneway.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laneway.testkit.answers.Mix;
import dev.laneway.testkit.bedrock.SignatureCheck;
import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.faults.Fault;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.ollama.OllamaPages;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import dev.laneway.testkit.wire.Vendor;
import dev.laneway.testkit.wire.VendorCall;
import dev.laneway.testkit.wire.VendorError;
import dev.laneway.testkit.wire.VendorWire;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Serves the vendors' own paths: key, JSON, model, fault, check, and then the answer. For one event loop.
 */
final class VendorHandler {
    /** Larger requests are refused with 413. */
    static final int LARGEST_BODY = 64 * 1024 * 1024;

    private static final int MOST_REMEMBERED = 10_000;
    private static final byte[] NO_BODY = {};

    private final Vertx vertx;
    private final Service service;
    private final ObjectMapper json = new ObjectMapper();
    private final MessageDigest sha256;
    private final Keys keys;
    private final Completions completions;
    private final FaultReplies faults;
    private final Map<String, Parsed<ModelName>> names = new HashMap<>();
    private final Map<String, String> paths = new HashMap<>();

    VendorHandler(Vertx vertx, Service service, MessageDigest sha256) {
        this.vertx = vertx;
        this.service = service;
        this.sha256 = sha256;
        this.keys = new Keys(sha256);
        this.completions = new Completions(service);
        this.faults = new FaultReplies(service.clock());
    }

    void handle(HttpServerRequest request) {
        Visit visit = visit(request);
        request.response().closeHandler(closed -> visit.call().clientLeft());
        new BodyReader(
                        LARGEST_BODY,
                        body -> play(visit, reply(visit, body)),
                        () -> play(visit, visit.error(visit.wire().tooLarge(LARGEST_BODY))))
                .read(request);
    }

    private Visit visit(HttpServerRequest request) {
        Target target = Target.of(request.method().name(), request.path());
        VendorWire wire = target == Target.RESPONSES ? service.responses() : service.wire(target.vendor(request));
        String attempt = request.getHeader("x-client-request-id");
        String key = Keys.of(request);
        String account = keys.fingerprint(key);
        // A log of many calls holds each path once.
        String path = bounded(paths).computeIfAbsent(request.path(), text -> text);
        LiveCall call = service.log()
                .open(service.clock().millis(), attempt == null ? "" : attempt, wire.vendor(), path, account);
        String requestId = wire.requestId(Mix.of(service.config().seed(), call.seq()));
        return new Visit(request, target, wire, key, account, call, requestId);
    }

    private Reply reply(Visit visit, byte[] bytes) {
        boolean keep = service.config().keepBodies() && bytes.length > 0;
        visit.call().arrived(sha256.digest(bytes), keep ? bytes : NO_BODY);
        if (keep) {
            service.log().keeps(visit.call(), bytes.length);
        }
        if (visit.key().isEmpty() && Keys.needed(visit.path())) {
            return visit.error(visit.wire().noKey());
        }
        if (Keys.wrong(visit.key()) || !signed(visit, bytes)) {
            return visit.error(visit.wire().wrongKey());
        }
        return switch (visit.target()) {
            case UNKNOWN ->
                visit.error(visit.wire().unknownPath(visit.request().method().name(), visit.path()));
            case MODELS ->
                faults.around(
                        visit,
                        pick(visit, ""),
                        ModelList.write(service.config().models(), visit.wire().vendor(), visit.path()));
            case OLLAMA_TAGS ->
                faults.around(
                        visit,
                        pick(visit, ""),
                        OllamaPages.tags(service.config().models()));
            case OLLAMA_VERSION -> faults.around(visit, pick(visit, ""), OllamaPages.VERSION);
            case OLLAMA_LOADED -> faults.around(visit, pick(visit, ""), OllamaPages.loaded(loaded(), inFiveMinutes()));
            case CHAT,
                    RESPONSES,
                    COMPLETIONS,
                    EMBEDDINGS,
                    OLLAMA_EMBED,
                    OLLAMA_EMBEDDINGS,
                    MESSAGES,
                    COUNT_TOKENS,
                    RAW_PREDICT,
                    STREAM_RAW_PREDICT,
                    CONVERSE,
                    CONVERSE_STREAM,
                    INVOKE,
                    OLLAMA_CHAT,
                    OLLAMA_GENERATE,
                    OLLAMA_SHOW,
                    GENERATE,
                    STREAM_GENERATE,
                    COUNT_CONTENT -> asked(visit, bytes);
        };
    }

    /** A signature that came must fit. */
    private boolean signed(Visit visit, byte[] bytes) {
        String authorization = visit.request().getHeader("authorization");
        return authorization == null
                || !authorization.startsWith("AWS4-")
                || SignatureCheck.holds(visit.request(), bytes, service.clock().instant());
    }

    private Reply asked(Visit visit, byte[] bytes) {
        JsonNode body;
        try {
            body = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            return visit.error(visit.wire().notJson());
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (body == null || !body.isObject()) {
            return visit.error(visit.wire().notJson());
        }
        String named = visit.target().named()
                ? Target.model(visit.path())
                : body.path("model").asText("");
        String model = named.isEmpty() ? named(visit.path()) : named;
        if (model.isEmpty()) {
            return visit.error(visit.wire().unreadableModel("", ""));
        }
        Parsed<ModelName> name = bounded(names)
                .computeIfAbsent(
                        model, text -> ModelName.parse(text, service.config().behaviour()));
        return switch (name) {
            case Parsed.Bad<ModelName>(String reason) -> {
                visit.call().asks(model);
                yield visit.error(visit.wire().unreadableModel(model, reason));
            }
            case Parsed.Good<ModelName>(ModelName read) -> {
                visit.call().asks(read.full());
                yield asked(visit, body, bytes.length, read);
            }
        };
    }

    /** The model that a path names: Azure's {@code /openai/deployments/NAME/...}, Bedrock's {@code /model/ID/...}. */
    private static String named(String path) {
        for (String before : List.of("/deployments/", "/model/")) {
            int at = path.indexOf(before);
            int from = at + before.length();
            int to = at < 0 ? -1 : path.indexOf('/', from);
            if (to >= 0) {
                return URLDecoder.decode(path.substring(from, to).replace("+", "%2B"), StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    private static <T> Map<String, T> bounded(Map<String, T> remembered) {
        if (remembered.size() > MOST_REMEMBERED) {
            remembered.clear();
        }
        return remembered;
    }

    private Reply asked(Visit visit, JsonNode body, int size, ModelName model) {
        boolean ollama = visit.target() == Target.OLLAMA_CHAT || visit.target() == Target.OLLAMA_GENERATE;
        if (ollama && OllamaPages.loads(body, visit.path())) {
            visit.call().loads();
            return Reply.whole(
                    200,
                    Reply.JSON,
                    OllamaPages.load(
                            model.full(), body, visit.path(), service.clock().instant()),
                    0);
        }
        Optional<Fault> fault = pick(visit, model.full()).or(model::fault);
        if (fault.isPresent() && fault.get() instanceof Fault.Instead instead) {
            boolean stream = body.path("stream").asBoolean(ollama)
                    || visit.target() == Target.CONVERSE_STREAM
                    || visit.target() == Target.STREAM_GENERATE;
            long wait = model.behaviour().ttft().millis(completions.draw(visit));
            return faults.instead(visit, instead, model.full(), stream, wait);
        }
        if (visit.target() == Target.OLLAMA_SHOW) {
            return faults.around(visit, fault, OllamaPages.show());
        }
        Optional<Embeddings.Form> form = Embeddings.form(visit.target(), body);
        if (form.isPresent()) {
            return Embeddings.answer(body, model.full(), visit.call(), form.get())
                    .map(text -> faults.around(visit, fault, text))
                    .orElseGet(() -> visit.error(Embeddings.refusal()));
        }
        RequestHead head = new RequestHead(visit.path(), visit.request().headers(), size);
        return switch (visit.wire().read(body, model, head)) {
            case Reading.Refused(VendorError error) -> visit.error(error);
            case Reading.Understood(VendorCall understood) -> {
                visit.call().asks(understood.ask());
                if (visit.target() == Target.COUNT_TOKENS) {
                    int tokens = understood.ask().prompt().tokens();
                    yield faults.around(visit, fault, "{\"input_tokens\":" + tokens + "}");
                }
                if (visit.target() == Target.COUNT_CONTENT) {
                    int tokens = understood.ask().prompt().tokens();
                    yield faults.around(visit, fault, "{\"totalTokens\":" + tokens + "}");
                }
                yield completions.reply(visit, understood, fault);
            }
        };
    }

    /** The models that were asked for, or loaded. */
    private Set<String> loaded() {
        return service.log().live().stream()
                .map(LiveCall::snapshot)
                .filter(call -> call.vendor() == Vendor.OLLAMA && !call.model().isEmpty())
                .map(Call::model)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Instant inFiveMinutes() {
        return service.clock().instant().plusSeconds(300);
    }

    private Optional<Fault> pick(Visit visit, String model) {
        return service.faults().pick(model, visit.path(), visit.call().attemptId());
    }

    private void play(Visit visit, Reply reply) {
        visit.request().response().putHeader(visit.wire().requestIdHeader(), visit.requestId());
        new ReplyPlayer(vertx, visit.request(), visit.call(), reply).play();
    }
}
