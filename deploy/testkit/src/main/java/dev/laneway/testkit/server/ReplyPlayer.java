package dev.laneway.testkit.server;

import dev.laneway.testkit.calls.Finish;
import dev.laneway.testkit.calls.LiveCall;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/**
 * Plays a reply's steps on its connection and records what was sent. Waits for a client that reads slowly. Stops when
 * the client leaves. Runs on the connection's event loop only.
 */
final class ReplyPlayer {
    /** So many bytes fit a socket's buffer whose queue isn't full. */
    private static final int SURELY_TAKEN = 64 * 1024;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final LiveCall call;
    private final Reply reply;
    private final List<Step> steps;
    private final long startNanos = System.nanoTime();
    private long dueMillis;
    private int next;

    ReplyPlayer(Vertx vertx, HttpServerRequest request, LiveCall call, Reply reply) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.call = call;
        this.reply = reply;
        this.steps = reply.steps();
    }

    void play() {
        while (next < steps.size() && !call.ended()) {
            Step step = steps.get(next++);
            switch (step) {
                case Step.Head() -> {
                    head();
                    if (!goOn(response.writeHead())) {
                        return;
                    }
                }
                case Step.Send(Buffer bytes, int tokens) -> {
                    if (!send(bytes, tokens)) {
                        return;
                    }
                }
                case Step.Drip(Buffer bytes, int tokens, long every) -> {
                    head();
                    call.sends(tokens);
                    drip(bytes, 0, every);
                    return;
                }
                case Step.Wait(long millis) -> {
                    dueMillis += millis;
                    later(dueMillis - (System.nanoTime() - startNanos) / 1_000_000);
                    return;
                }
                case Step.Stall(long millis) -> {
                    call.stalls(true);
                    if (millis > 0) {
                        dueMillis += millis;
                        vertx.setTimer(millis, timer -> {
                            call.stalls(false);
                            play();
                        });
                    }
                    return;
                }
                case Step.Cut() -> {
                    call.ends(Finish.CUT);
                    Connections.cut(request.connection());
                }
                case Step.Reset() -> reset();
                case Step.End() -> end(Buffer.buffer());
            }
        }
    }

    /** Returns whether the next step may be taken at once. */
    private boolean send(Buffer bytes, int tokens) {
        head();
        call.sends(tokens);
        if (next < steps.size() && steps.get(next) instanceof Step.End) {
            next++;
            end(bytes);
            return true;
        }
        return goOn(response.write(bytes));
    }

    private boolean goOn(Future<Void> written) {
        Step after = next < steps.size() ? steps.get(next) : new Step.End();
        if (after instanceof Step.Cut || after instanceof Step.Reset) {
            // What is still queued would be lost with the connection: let it reach the socket first.
            written.onComplete(done -> play());
            return false;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(ready -> {
                response.drainHandler(null);
                play();
            });
            return false;
        }
        return true;
    }

    private void drip(Buffer bytes, int at, long every) {
        if (call.ended()) {
            return;
        }
        if (at == bytes.length()) {
            play();
            return;
        }
        response.write(bytes.slice(at, at + 1));
        vertx.setTimer(every, timer -> drip(bytes, at + 1, every));
    }

    private void reset() {
        call.ends(Finish.RESET);
        Connections.reset(request.connection());
    }

    private void head() {
        if (response.headWritten()) {
            return;
        }
        response.setStatusCode(reply.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        if (reply.length().isPresent()) {
            response.putHeader(
                    HttpHeaders.CONTENT_LENGTH, Integer.toString(reply.length().getAsInt()));
        } else {
            response.setChunked(true);
        }
        reply.retryAfter().ifPresent(after -> response.putHeader("retry-after", after));
        call.head(reply.status());
    }

    private void end(Buffer last) {
        if (last.length() <= SURELY_TAKEN && !response.writeQueueFull()) {
            // Recorded first, so that whoever has the whole answer finds the call complete.
            call.ends(Finish.COMPLETE);
        }
        response.end(last).onComplete(done -> {
            if (done.succeeded()) {
                call.ends(Finish.COMPLETE);
            } else {
                call.clientLeft();
            }
        });
    }

    private void later(long millis) {
        if (millis > 0) {
            vertx.setTimer(millis, timer -> play());
        } else {
            vertx.getOrCreateContext().runOnContext(now -> play());
        }
    }
}
