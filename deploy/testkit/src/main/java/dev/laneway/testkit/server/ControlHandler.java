package dev.laneway.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.testkit.calls.CallFile;
import dev.laneway.testkit.calls.CallJson;
import dev.laneway.testkit.calls.CallLog;
import dev.laneway.testkit.calls.LiveCall;
import dev.laneway.testkit.faults.Glob;
import dev.laneway.testkit.faults.RuleJson;
import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.limits.LimitRule;
import dev.laneway.testkit.wire.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The simulator's own paths, under {@code /sim/}. They need no key and are not recorded as calls. */
final class ControlHandler {
    private static final List<String> NUMBERS = List.of("rpm", "tpm", "parallel");

    private final Service service;
    private final ObjectMapper json = new ObjectMapper();

    ControlHandler(Service service) {
        this.service = service;
    }

    void handle(HttpServerRequest request) {
        String path = request.path();
        String route = request.method().name() + ' ' + path;
        if (route.equals("PUT /sim/faults") || route.equals("PUT /sim/limits")) {
            request.body().onSuccess(body -> put(request, body));
            return;
        }
        switch (route) {
            case "GET /sim/faults" ->
                answer(request, 200, RuleJson.write(service.faults().rules()).toString());
            case "GET /sim/limits" -> answer(request, 200, limits().toString());
            case "GET /sim/stats" -> answer(request, 200, stats().toString());
            case "GET /sim/calls" -> new CallListing(service.log(), request).send();
            case "POST /sim/reset" -> {
                service.reset();
                answer(request, 200, "{\"reset\":true}");
            }
            default -> oneCall(request, path);
        }
    }

    private void oneCall(HttpServerRequest request, String path) {
        boolean body = path.endsWith("/body");
        String number = path.startsWith("/sim/calls/")
                ? path.substring("/sim/calls/".length(), path.length() - (body ? "/body".length() : 0))
                : "";
        Optional<LiveCall> call =
                number.matches("\\d{1,15}") ? service.log().find(Long.parseLong(number)) : Optional.empty();
        if (call.isEmpty()) {
            refuse(request, 404, "nothing is at " + path);
        } else if (body) {
            call.get()
                    .body()
                    .ifPresentOrElse(
                            bytes -> answer(request, 200, Buffer.buffer(bytes)),
                            () -> refuse(request, 404, "that call's body was not kept"));
        } else {
            StringBuilder out = new StringBuilder();
            CallJson.write(out, call.get().snapshot());
            answer(request, 200, out.toString());
        }
    }

    private void put(HttpServerRequest request, Buffer body) {
        JsonNode read;
        try {
            read = json.readTree(body.getBytes());
        } catch (IOException e) {
            refuse(request, 400, "the body is not JSON");
            return;
        }
        boolean faults = request.path().equals("/sim/faults");
        Parsed<String> done = faults
                ? RuleJson.read(read).then(rules -> {
                    service.faults().replace(rules);
                    return Parsed.good(RuleJson.write(rules).toString());
                })
                : limits(read).then(rules -> {
                    service.limits().replace(rules);
                    return Parsed.good(limits().toString());
                });
        switch (done) {
            case Parsed.Good<String>(String text) -> answer(request, 200, text);
            case Parsed.Bad<String>(String reason) -> refuse(request, 400, reason);
        }
    }

    private static Parsed<List<LimitRule>> limits(JsonNode rules) {
        if (!rules.isArray()) {
            return Parsed.bad("the limits must be a JSON array");
        }
        List<LimitRule> read = new ArrayList<>();
        for (JsonNode rule : rules) {
            String problem = problem(rule);
            if (!problem.isEmpty()) {
                return Parsed.bad("limit " + read.size() + ": " + problem);
            }
            read.add(new LimitRule(
                    new Glob(rule.path("model").asText("*")),
                    rule.path("rpm").asInt(),
                    rule.path("tpm").asInt(),
                    rule.path("parallel").asInt()));
        }
        return Parsed.good(List.copyOf(read));
    }

    /** A limit that was misspelled would be none. */
    private static String problem(JsonNode rule) {
        if (!rule.isObject()) {
            return "must be an object";
        }
        for (Map.Entry<String, JsonNode> field : rule.properties()) {
            JsonNode value = field.getValue();
            if (field.getKey().equals("model")) {
                if (!value.isTextual()) {
                    return "model must be a pattern";
                }
            } else if (!NUMBERS.contains(field.getKey())) {
                return "no limit is called '" + field.getKey() + "'; known: model, " + String.join(", ", NUMBERS);
            } else if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0) {
                return field.getKey() + " must be a whole number from 0 to " + Integer.MAX_VALUE;
            }
        }
        return "";
    }

    private ArrayNode limits() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (LimitRule rule : service.limits().rules()) {
            array.addObject()
                    .put("model", rule.model().text())
                    .put("rpm", rule.requestsPerMinute())
                    .put("tpm", rule.tokensPerMinute())
                    .put("parallel", rule.parallel());
        }
        return array;
    }

    private ObjectNode stats() {
        CallLog.Counts counts = service.log().counts();
        return JsonNodeFactory.instance
                .objectNode()
                .put("arrived", counts.arrived())
                .put("ended", counts.ended())
                .put("in_progress", counts.arrived() - counts.ended())
                .put("overflowed", counts.overflowed())
                .put("bodies_dropped", counts.bodiesDropped())
                .put("log_lines_dropped", service.file().map(CallFile::dropped).orElse(0L));
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        answer(request, status, "{\"error\":" + Json.quote(reason) + "}");
    }

    private static void answer(HttpServerRequest request, int status, String text) {
        answer(request, status, Buffer.buffer(text));
    }

    private static void answer(HttpServerRequest request, int status, Buffer body) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, Reply.JSON)
                .end(body);
    }
}
