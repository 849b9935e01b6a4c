package dev.laneway.testkit.server;

import dev.laneway.testkit.calls.Call;
import dev.laneway.testkit.calls.CallJson;
import dev.laneway.testkit.calls.CallLog;
import dev.laneway.testkit.calls.LiveCall;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/**
 * Sends the calls remembered, a thousand at a time, so that a long list neither fills memory nor holds up the event
 * loop. {@code ?id=} asks for one attempt id, {@code ?model=} for one model, {@code ?since=} for later numbers;
 * {@code ?format=jsonl} for a line each instead of an array.
 */
final class CallListing {
    private static final int AT_ONCE = 1000;

    private final HttpServerResponse response;
    private final List<LiveCall> calls;
    private final Optional<String> id;
    private final Optional<String> model;
    private final long since;
    private final boolean lines;
    private int next;
    private boolean first = true;

    CallListing(CallLog log, HttpServerRequest request) {
        this.response = request.response();
        this.calls = log.live();
        this.id = Optional.ofNullable(request.getParam("id"));
        this.model = Optional.ofNullable(request.getParam("model"));
        String after = request.getParam("since", "0");
        this.since = after.matches("\\d{1,15}") ? Long.parseLong(after) : 0;
        this.lines = "jsonl".equals(request.getParam("format"));
    }

    void send() {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, lines ? "application/jsonl; charset=utf-8" : Reply.JSON);
        more();
    }

    private void more() {
        StringBuilder out = new StringBuilder(AT_ONCE * 32);
        out.append(next == 0 && !lines ? "[" : "");
        int until = Math.min(next + AT_ONCE, calls.size());
        for (; next < until; next++) {
            Call call = calls.get(next).snapshot();
            if (wanted(call)) {
                out.append(first || lines ? "" : ",\n");
                first = false;
                CallJson.write(out, call);
                out.append(lines ? "\n" : "");
            }
        }
        if (next == calls.size()) {
            response.end(Buffer.buffer(out.append(lines ? "" : "]\n").toString()));
        } else if (!response.closed()) {
            response.write(Buffer.buffer(out.toString()));
            if (response.writeQueueFull()) {
                response.drainHandler(ready -> more());
            } else {
                Vertx.currentContext().runOnContext(now -> more());
            }
        }
    }

    private boolean wanted(Call call) {
        return call.seq() > since
                && id.map(call.attemptId()::equals).orElse(true)
                && model.map(call.model()::equals).orElse(true);
    }
}
