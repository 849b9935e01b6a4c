package dev.laneway.ingress;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.gemini.GeminiInbound;
import dev.laneway.ingress.alerts.AlertPages;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.call.ChatCalls;
import dev.laneway.ingress.http.BodyIntake;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.Cors;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.keys.KeyRoutes;
import dev.laneway.ingress.keys.Served;
import dev.laneway.ingress.models.ModelPages;
import dev.laneway.ingress.models.TokenCounts;
import dev.laneway.ingress.ollama.OllamaCalls;
import dev.laneway.ingress.ollama.OllamaPages;
import dev.laneway.ingress.rate.RatePages;
import dev.laneway.ingress.requests.RequestPages;
import dev.laneway.ingress.responses.ResponsePages;
import dev.laneway.ingress.responses.ResponsesCalls;
import dev.laneway.ingress.spend.SpendRoutes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of the API. Those of OpenAI's exist without {@code /v1} too, and as Azure has them; Gemini's under {@code /v1beta} as well. */
final class HttpRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);
    private static final String MESSAGES = "/v1/messages";
    private static final CallerDialect OPENAI = Dialects.caller(Dialect.OPENAI_CHAT);
    private static final CallerDialect RESPONSES = Dialects.caller(Dialect.OPENAI_RESPONSES);
    private static final CallerDialect ANTHROPIC = Dialects.caller(Dialect.ANTHROPIC_MESSAGES);
    private static final CallerDialect COMPLETIONS = Dialects.caller(Dialect.OPENAI_COMPLETIONS);
    private static final CallerDialect EMBEDDINGS = Dialects.caller(Dialect.OPENAI_EMBEDDINGS);
    private static final CallerDialect OLLAMA_EMBED = Dialects.caller(Dialect.OLLAMA_EMBED);
    private static final CallerDialect OLLAMA = Dialects.caller(Dialect.OLLAMA_CHAT);
    private static final String OLLAMAS = "/api/";
    private static final CallerDialect GEMINI = Dialects.caller(Dialect.GEMINI);
    /** For streams without events, which are one array. */
    private static final CallerDialect GEMINI_LIST = GeminiInbound.inAnArray();

    private static final String GEMINI_ROOT = "/v1beta";

    private final LoopParts parts;
    private final FrontDoor door;
    private final ChatCalls chat;
    private final ResponsesCalls responses;
    private final ResponsePages responsePages;
    private final TokenCounts counts;
    private final ModelPages models;
    private final RequestPages requests;
    private final AlertPages alerts;
    private final KeyRoutes keys;
    private final RatePages rates;
    private final SpendRoutes spend;

    HttpRoutes(
            LoopParts parts,
            FrontDoor door,
            ChatCalls chat,
            ResponsesCalls responses,
            ResponsePages responsePages,
            TokenCounts counts,
            ModelPages models,
            RequestPages requests,
            AlertPages alerts,
            KeyRoutes keys,
            RatePages rates,
            SpendRoutes spend) {
        this.parts = parts;
        this.door = door;
        this.chat = chat;
        this.responses = responses;
        this.responsePages = responsePages;
        this.counts = counts;
        this.models = models;
        this.requests = requests;
        this.alerts = alerts;
        this.keys = keys;
        this.rates = rates;
        this.spend = spend;
    }

    Router router(Vertx vertx) {
        Router router = Router.router(vertx);
        post(router, "/v1/chat/completions", OPENAI, chat);
        post(router, MESSAGES, ANTHROPIC, chat);
        post(router, "/chat/completions", OPENAI, chat);
        post(router, MESSAGES + "/count_tokens", ANTHROPIC, counts);
        responses(router, "/v1/responses");
        responses(router, "/responses");
        post(router, "/v1/completions", COMPLETIONS, chat);
        post(router, "/completions", COMPLETIONS, chat);
        post(router, "/v1/embeddings", EMBEDDINGS, chat);
        post(router, "/embeddings", EMBEDDINGS, chat);
        post(router, "/api/embed", OLLAMA_EMBED, chat);
        post(router, "/api/embeddings", OLLAMA_EMBED, chat);
        DeploymentAddress.ROOTS.forEach(root -> deployments(router, root));
        for (String path : List.of(GEMINI_ROOT + "/models", "/v1/models", "/models")) {
            generate(router, path);
            models(router, path);
        }
        requests(router, "/v1/requests");
        requests(router, "/requests");
        read(router, "/v1/alerts", context -> door.withoutBody(modelCall(context), alerts::list));
        described(router);
        page(router, "/openapi.json", OpenApi::answer);
        for (String path : List.of("/rate_limit_status", "/v1/rate_limit_status")) {
            read(router, path, context -> door.withoutBody(modelCall(context), rates::show));
        }
        page(router, "/health", parts.health()::health);
        page(router, "/health/liveliness", parts.health()::alive);
        page(router, "/health/liveness", parts.health()::alive);
        page(router, "/health/readiness", parts.health()::ready);
        ollama(router);
        page(router, "/", HttpRoutes::welcome);
        page(router, "/api/hello", HttpRoutes::welcome);
        router.options().handler(new Cors());
        router.route().handler(context -> turnDown(context, Refusal.UNKNOWN_PATH));
        // what has no path, such as OPTIONS *, meets no route at all
        router.errorHandler(404, context -> turnDown(context, Refusal.UNKNOWN_PATH));
        router.errorHandler(400, context -> turnDown(context, Refusal.INVALID));
        router.errorHandler(500, this::defect);
        return router;
    }

    private void post(Router router, String path, CallerDialect dialect, FrontDoor.Taker taker) {
        router.post(path).handler(context -> door.withBody(Call.begin(context.request(), dialect), taker));
        onlyWith(router, path, "POST, OPTIONS");
    }

    private void ollama(Router router) {
        OllamaCalls calls = new OllamaCalls(chat, parts.routes()::config, parts.memory());
        OllamaPages pages = new OllamaPages(door, parts.routes()::config, parts.memory());
        post(router, OLLAMAS + "chat", OLLAMA, calls);
        post(router, OLLAMAS + "generate", Dialects.inbound(Dialect.OLLAMA_GENERATE), calls);
        post(router, OLLAMAS + "show", OLLAMA, pages);
        ollamaPage(router, "tags", pages::tags);
        ollamaPage(router, "version", pages::version);
        ollamaPage(router, "ps", pages::loaded);
    }

    private void ollamaPage(Router router, String name, FrontDoor.Answerer page) {
        read(router, OLLAMAS + name, context -> door.withoutBody(Call.begin(context.request(), OLLAMA), page));
    }

    /** Gemini's calls: what they ask for is the end of their path. */
    private void generate(Router router, String path) {
        router.post(path + "/*").handler(context -> {
            GeminiAddress address = GeminiAddress.of(context.request().path(), path);
            if (address == null) {
                context.next();
                return;
            }
            boolean events = "sse".equals(context.request().getParam("alt"));
            boolean list = address.verb() == GeminiAddress.Verb.STREAM && !events;
            FrontDoor.Taker taker = address.verb() == GeminiAddress.Verb.COUNT ? counts : chat;
            boolean stream = address.verb() == GeminiAddress.Verb.STREAM && events;
            door.withBody(
                    Call.begin(context.request(), list ? GEMINI_LIST : GEMINI),
                    new AddressedTaker(taker, address.addressed(stream)));
        });
    }

    /** Calls whose address names the model. */
    private void deployments(Router router, String root) {
        router.route(root + "/*").handler(context -> {
            DeploymentAddress address = DeploymentAddress.of(context.request().path(), root);
            String method = context.request().method().name();
            if (address == null || method.equals("OPTIONS")) {
                context.next();
            } else if (method.equals("POST")) {
                door.withBody(
                        Call.begin(context.request(), address.dialect()),
                        new AddressedTaker(chat, address.addressed()));
            } else {
                context.response().putHeader("allow", "POST, OPTIONS");
                turnDown(context, Refusal.METHOD);
            }
        });
    }

    private void models(Router router, String path) {
        read(router, path, context -> door.withoutBody(modelCall(context), models::list));
        // names may hold slashes, as in openai/gpt-4o
        read(
                router,
                path + "/*",
                context -> door.withoutBody(
                        modelCall(context), (call, caller) -> models.one(call, caller, nameIn(context, path))));
    }

    private void responses(Router router, String path) {
        post(router, path, RESPONSES, responses);
        router.post(path + "/:name/cancel").handler(responsePage(responsePages::cancel));
        onlyWith(router, path + "/:name/cancel", "POST, OPTIONS");
        router.get(path + "/:name/input_items").handler(responsePage(responsePages::inputItems));
        onlyWith(router, path + "/:name/input_items", "GET, OPTIONS");
        router.get(path + "/:name").handler(responsePage(responsePages::show));
        router.delete(path + "/:name").handler(responsePage(responsePages::delete));
        onlyWith(router, path + "/:name", "GET, DELETE, OPTIONS");
    }

    private interface ResponsePage {
        void answer(Call call, Caller caller, String id);
    }

    private Handler<RoutingContext> responsePage(ResponsePage page) {
        return context -> door.withoutBody(
                Call.begin(context.request(), RESPONSES), (call, caller) -> page.answer(call, caller, name(context)));
    }

    private void requests(Router router, String path) {
        read(
                router,
                path + "/:name",
                context -> door.withoutBody(
                        modelCall(context), (call, caller) -> requests.show(call, caller, name(context))));
        router.get(path + "/:name/answer")
                .handler(context -> door.withoutBody(
                        modelCall(context), (call, caller) -> requests.answer(call, caller, name(context))));
        onlyWith(router, path + "/:name/answer", "GET, OPTIONS");
    }

    private void described(Router router) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        List<Served> all =
                Stream.concat(keys.served().stream(), spend.served().stream()).toList();
        for (Served served : all) {
            methods.computeIfAbsent(served.path(), path -> new TreeSet<>())
                    .add(served.method().name());
            router.route(served.method(), served.path()).handler(context -> described(context, served));
        }
        methods.forEach((path, some) -> onlyWith(router, path, String.join(", ", some) + ", OPTIONS"));
    }

    private void described(RoutingContext context, Served served) {
        Call call = Call.begin(context.request(), OPENAI);
        Map<String, String> parts = context.pathParams();
        if (served.method().equals(HttpMethod.GET) || served.method().equals(HttpMethod.DELETE)) {
            door.withoutBody(
                    call, (at, caller) -> served.page().serve(new Served.Asked(at, caller, Buffer.buffer(), parts)));
        } else {
            door.withDescription(
                    call,
                    (at, caller, body) ->
                            served.page().serve(new Served.Asked(at, caller, Buffer.buffer(body), parts)));
        }
    }

    /** As the router decodes it: a slash in a name is written %2F. */
    private static String name(RoutingContext context) {
        return String.valueOf(context.pathParam("name"));
    }

    private void read(Router router, String path, Handler<RoutingContext> handler) {
        router.get(path).handler(handler);
        router.head(path).handler(handler);
        onlyWith(router, path, "GET, HEAD, OPTIONS");
    }

    private static String nameIn(RoutingContext context, String path) {
        return GeminiAddress.decoded(context.normalizedPath().substring(path.length() + 1));
    }

    private Call modelCall(RoutingContext context) {
        HttpServerRequest http = context.request();
        return Call.begin(http, http.headers().contains("anthropic-version") ? ANTHROPIC : dialectOf(http));
    }

    private void page(Router router, String path, Consumer<HttpServerRequest> page) {
        read(router, path, context -> {
            BodyIntake.discard(context.request());
            Call.begin(context.request(), OPENAI).commonHeaders();
            page.accept(context.request());
        });
    }

    /** Other methods at a path; a browser's question about it is answered further down. */
    private void onlyWith(Router router, String path, String allow) {
        router.route(path).handler(context -> {
            if (context.request().method().name().equals("OPTIONS")) {
                context.next();
            } else {
                context.response().putHeader("allow", allow);
                turnDown(context, Refusal.METHOD);
            }
        });
    }

    /** Ollama's own clients look for what its servers say at their root. */
    private static void welcome(HttpServerRequest http) {
        String agent = http.getHeader("user-agent");
        if (agent != null && agent.regionMatches(true, 0, "ollama", 0, "ollama".length())) {
            http.response().putHeader("content-type", "text/plain; charset=utf-8");
            Call.end(http, "Ollama is running".getBytes(StandardCharsets.US_ASCII));
            return;
        }
        JsonObject body = new JsonObject()
                .put("name", "laneway")
                .put("models", "/v1/models")
                .put("health", "/health");
        http.response().putHeader("content-type", "application/json");
        Call.end(http, body.encode().getBytes(StandardCharsets.UTF_8));
    }

    private void turnDown(RoutingContext context, Refusal reason) {
        BodyIntake.discard(context.request());
        Call call = Call.begin(context.request(), dialectOf(context.request()));
        door.refuse(call, Rejection.of(reason, call));
    }

    /** What errors at a path are worded in, known or not. */
    static CallerDialect dialectOf(HttpServerRequest http) {
        String path = http.path() == null ? "" : http.path();
        if (path.startsWith(MESSAGES)) {
            return ANTHROPIC;
        }
        if (path.startsWith("/api/embed")) {
            return OLLAMA_EMBED;
        }
        if (path.startsWith(OLLAMAS)) {
            return OLLAMA;
        }
        boolean googles =
                path.startsWith(GEMINI_ROOT + "/") || (path.contains("/models") && GeminiAddress.isGoogles(http));
        return googles ? GEMINI : OPENAI;
    }

    /** A bug: said to the client without any detail, and to the operator with where it was. */
    private void defect(RoutingContext context) {
        Call call = Call.begin(context.request(), dialectOf(context.request()));
        LOG.error("{} failed on a defect", call.id(), context.failure());
        door.refuse(call, Rejection.of(Refusal.DEFECT, call));
    }
}
