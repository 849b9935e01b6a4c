package dev.laneway.runtime.trace;

import dev.laneway.runtime.kafka.KafkaSettings;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /trace/ID} of the management port: text, a line for each step; JSON where {@code Accept} or {@code ?format=json} asks for
 * it. 404 with one line where nothing is found, 503 while two others are being searched for or the broker does not answer.
 */
public final class TracePage implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(TracePage.class);
    static final String PREFIX = "/trace/";

    private final Tracer tracer;

    private TracePage(Tracer tracer) {
        this.tracer = tracer;
    }

    public static TracePage create(Vertx vertx, KafkaSettings kafka) {
        return new TracePage(new Tracer(vertx, kafka));
    }

    @Override
    public void handle(HttpServerRequest request) {
        String id = id(request.path());
        tracer.trace(id).onComplete((answer, cause) -> {
            if (cause != null) {
                LOG.warn("trace failed: {}", cause.toString());
                line(request, 503, "the broker does not answer");
                return;
            }
            switch (answer) {
                case Tracer.Answer.Found found -> found(request, found.trace());
                case Tracer.Answer.NotFound none ->
                    line(request, 404, "no topic has a record of this request id (any more)");
                case Tracer.Answer.Busy busy ->
                    line(request, 503, "two other requests are being searched for: try again");
            }
        });
    }

    private static void found(HttpServerRequest request, Trace trace) {
        if (json(request)) {
            send(request, 200, "application/json", trace.json().encodePrettily());
        } else {
            send(request, 200, "text/plain; charset=utf-8", trace.text());
        }
    }

    private static void line(HttpServerRequest request, int status, String line) {
        if (json(request)) {
            send(
                    request,
                    status,
                    "application/json",
                    new JsonObject().put("error", line).encode());
        } else {
            send(request, status, "text/plain; charset=utf-8", line + "\n");
        }
    }

    private static void send(HttpServerRequest request, int status, String type, String body) {
        request.response().setStatusCode(status).putHeader("content-type", type).end(body);
    }

    private static boolean json(HttpServerRequest request) {
        String accept = request.getHeader("accept");
        return "json".equals(request.getParam("format")) || (accept != null && accept.contains("application/json"));
    }

    private static String id(String path) {
        try {
            return URLDecoder.decode(path.substring(PREFIX.length()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
