package dev.laneway.provider.call;

import dev.laneway.dialects.HeaderLookup;
import dev.laneway.runtime.failpoint.Failpoint;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange with a vendor. Tells its listener, in order: that it is about to send, that it sent, the head, bytes, the end;
 * or that it broke. Tells nothing after {@link #abort} or {@link #ignoreRest}. One context.
 */
final class VendorCall {
    /** How far it came. */
    enum Stage {
        CONNECTING,
        SENT,
        ANSWERING
    }

    /** Whoever waits for the answer. */
    interface Listener {
        /** A connection is there; bytes leave when the future has succeeded. */
        Future<Void> beforeSend();

        /** The future of {@link #beforeSend} succeeded, and nothing was or will be sent. */
        void onNotSent();

        void onSent();

        void onHead(int status, HeaderLookup headers);

        void onBytes(byte[] bytes);

        /** The answer ended as HTTP says it should. */
        void onEnd();

        /** It ended otherwise; nothing more comes. */
        void onBroken(Stage stage, Throwable cause);
    }

    private final byte[] body;
    private final Listener listener;
    private Stage stage = Stage.CONNECTING;
    private boolean silent;
    private boolean ended;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;

    VendorCall(byte[] body, Listener listener) {
        this.body = body;
        this.listener = listener;
    }

    void connect(Future<HttpClientRequest> connection) {
        connection.onComplete((connected, cause) -> {
            if (connected == null) {
                broken(cause);
                return;
            }
            request = connected;
            if (silent) {
                connected.reset();
                return;
            }
            listener.beforeSend().onComplete((allowed, refusal) -> {
                if (silent) {
                    connected.reset();
                    if (refusal == null) {
                        listener.onNotSent();
                    }
                } else if (refusal != null) {
                    connected.reset();
                    broken(refusal);
                } else {
                    send(connected);
                }
            });
        });
    }

    /** It can't even be tried. */
    void refuse(RuntimeException cause) {
        broken(cause);
    }

    /** Reads no further until {@link #resume}. */
    void pause() {
        if (response != null && !ended) {
            response.pause();
        }
    }

    void resume() {
        if (response != null && !ended) {
            response.resume();
        }
    }

    /** Closes the connection, unless the exchange is over: the vendor stops to generate. */
    void abort() {
        silent = true;
        if (request != null && !ended) {
            ended = true;
            request.reset();
        }
    }

    /** Reads the rest, so that the connection can be used again, and tells nobody. @return whether there is a rest */
    boolean ignoreRest() {
        silent = true;
        resume();
        return !ended;
    }

    private void send(HttpClientRequest connected) {
        stage = Stage.SENT;
        listener.onSent();
        connected.send(Buffer.buffer(body)).onComplete((answer, cause) -> {
            if (answer == null) {
                broken(cause);
                return;
            }
            response = answer;
            stage = Stage.ANSWERING;
            answer.exceptionHandler(this::broken);
            answer.handler(bytes -> {
                if (!silent) {
                    listener.onBytes(bytes.getBytes());
                }
            });
            answer.endHandler(end -> {
                ended = true;
                if (!silent) {
                    silent = true;
                    listener.onEnd();
                }
            });
            if (!silent) {
                listener.onHead(answer.statusCode(), answer::getHeader);
            }
        });
        Failpoint.SENT.passed();
    }

    private void broken(Throwable cause) {
        ended = true;
        if (!silent) {
            silent = true;
            listener.onBroken(stage, cause);
        }
    }
}
