package dev.laneway.provider;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A vendor that does with each call what the test says. */
final class ScriptedVendor implements AutoCloseable {
    /** One call, as it came. */
    record Call(HttpServerRequest request, Map<String, String> headers, String body) {
        HttpServerResponse response() {
            return request.response();
        }

        /** Head and first bytes of a stream. */
        Call stream(String bytes) {
            if (!response().headWritten()) {
                response().setChunked(true).putHeader("content-type", "text/event-stream");
            }
            response().write(bytes);
            return this;
        }

        void end() {
            response().end();
        }

        void cut() {
            request.connection().close();
        }
    }

    final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    final List<Call> closed = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ScriptedVendor(Vertx vertx) throws Exception {
        server = vertx.createHttpServer().requestHandler(this::take);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    /** The next call. */
    Call next() throws InterruptedException {
        Call call = calls.poll(5, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("no call came");
        }
        return call;
    }

    @Override
    public void close() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private void take(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Map<String, String> headers = new java.util.HashMap<>();
            request.headers().forEach(headers::put);
            Call call = new Call(request, headers, body.toString());
            request.response().exceptionHandler(cause -> closed.add(call));
            request.response().closeHandler(v -> closed.add(call));
            calls.add(call);
        });
    }
}
