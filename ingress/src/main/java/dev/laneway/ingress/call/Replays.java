package dev.laneway.ingress.call;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.ingress.reply.AnswerSource;
import dev.laneway.ingress.requests.RequestHistory;
import dev.laneway.runtime.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives answers again, byte by byte as they were: frame by frame as the client takes them, at most {@value #MOST} at once in a process,
 * each on a thread of its own that mostly waits. A client that takes nothing for too long is given up. One event loop; the limit is
 * shared.
 */
public final class Replays {
    /** Answers given again at once. */
    public static final int MOST = 32;

    private static final int SHOWN_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
    private static final Executor THREADS =
            replay -> Thread.ofVirtual().name("laneway-replay").start(replay);

    private final Vertx vertx;
    private final FrontDoor door;
    private final AnswerSource answers;
    private final Semaphore free;
    private final Duration slowClient;
    private final Counter replayed;

    /** @param free of {@link #MOST}, shared by the process */
    public Replays(
            Vertx vertx, FrontDoor door, AnswerSource answers, Semaphore free, Duration slowClient, Meters meters) {
        this.vertx = vertx;
        this.door = door;
        this.answers = answers;
        this.free = free;
        this.slowClient = slowClient;
        this.replayed = meters.counter(IngressMetric.REPLAYED);
    }

    /**
     * Answers a repeated call as the first one was.
     *
     * @param call with the first one's request id
     */
    public void repeat(Call call, Fact end) {
        call.response().putHeader(HeaderNames.REPLAYED, "true");
        answer(call, end);
    }

    /** Answers with what a request was answered, be it an error. */
    public void answer(Call call, Fact end) {
        Fact.Terminal terminal = end.terminal();
        if (terminal != null && terminal.failure() != null && end instanceof Fact.OfRequest ended) {
            replayed.increment();
            AnswerHeaders.known(call, ended.request().route(), ended.request().lane());
            AnswerHeaders.counted(call.response(), terminal.attempts(), terminal.fallbacks());
            // clients' libraries would repeat a 502; it would be the same again
            call.response().putHeader(HeaderNames.SHOULD_RETRY, HeaderNames.FALSE);
            call.fail(error(terminal.failure(), terminal.httpStatus(), call.id()), 0);
        } else if (end instanceof Fact.Attempted answered) {
            frames(call, answered);
        } else {
            door.refuse(call, Rejection.of(Refusal.ANSWER_GONE, call));
        }
    }

    /** Reads an answer to be shown, up to {@value #SHOWN_BYTES} bytes of it. Fails where it can't be read just now. */
    public Future<AnswerText> text(Fact.Attempted end) {
        if (!free.tryAcquire()) {
            return Future.failedFuture("too many answers are read");
        }
        Collector collector = new Collector();
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(() -> answers.read(end, collector), THREADS),
                        vertx.getOrCreateContext())
                .onComplete(done -> free.release())
                .map(found -> found ? collector.text() : AnswerText.GONE);
    }

    /**
     * Reads an answer whole. Fails where it can't be read just now.
     *
     * @return empty where it is not there any more, or longer
     */
    public Future<byte[]> bytes(Fact.Attempted end, int mostBytes) {
        if (!free.tryAcquire()) {
            return Future.failedFuture(new RequestHistory.Busy());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean[] tooLong = new boolean[1];
        return Future.fromCompletionStage(
                        CompletableFuture.supplyAsync(
                                () -> answers.read(end, (head, more, last) -> {
                                    tooLong[0] = bytes.size() + more.length > mostBytes;
                                    if (!tooLong[0]) {
                                        bytes.writeBytes(more);
                                    }
                                    return !tooLong[0];
                                }),
                                THREADS),
                        vertx.getOrCreateContext())
                .onComplete(done -> free.release())
                .map(found -> found && !tooLong[0] ? bytes.toByteArray() : new byte[0]);
    }

    /** The error of a failure, in the gateway's words: the vendor's are not kept. */
    static ClientError error(FailureKind kind, int status, String requestId) {
        String message = kind == FailureKind.UNKNOWN
                ? "The request was sent to the vendor, and nobody saw the answer. It is not sent again by the same key."
                : "The request ended without an answer: " + kind.id() + ".";
        return ClientError.of(Failure.of(kind, message), status, requestId);
    }

    private void frames(Call call, Fact.Attempted end) {
        if (!free.tryAcquire()) {
            door.refuse(call, Rejection.of(Refusal.SEARCHES_FULL, call));
            return;
        }
        Context context = vertx.getOrCreateContext();
        Writer writer = new Writer(call, end, context);
        Future.fromCompletionStage(CompletableFuture.supplyAsync(() -> answers.read(end, writer), THREADS), context)
                .onComplete((found, cause) -> {
                    free.release();
                    ended(call, found, cause);
                });
    }

    private void ended(Call call, @Nullable Boolean found, @Nullable Throwable cause) {
        if (cause != null) {
            LOG.warn("the answer of {} can't be given again: {}", call.id(), String.valueOf(cause));
            if (call.response().headWritten()) {
                call.abort(); // an end would look like the answer's
            } else {
                door.refuse(call, Rejection.of(Refusal.BROKER_AWAY, call));
            }
        } else if (Boolean.FALSE.equals(found)) {
            door.refuse(call, Rejection.of(Refusal.ANSWER_GONE, call));
        } else {
            replayed.increment();
        }
    }

    /** Keeps what it is given, while it is little. On the reading thread. */
    private static final class Collector implements AnswerSource.Taker {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private String contentType = "";
        private boolean tooLong;

        @Override
        public boolean take(Reply.@Nullable Head head, byte[] more, boolean last) {
            if (head != null) {
                contentType = head.contentType();
            }
            tooLong = bytes.size() + more.length > SHOWN_BYTES;
            if (!tooLong) {
                bytes.writeBytes(more);
            }
            return !tooLong;
        }

        AnswerText text() {
            return new AnswerText(contentType, tooLong ? null : bytes.toString(StandardCharsets.UTF_8), false);
        }
    }

    /** Writes on the event loop what the reading thread brings, and lets that thread wait for the client. */
    private final class Writer implements AnswerSource.Taker {
        private final Call call;
        private final Fact.Attempted end;
        private final Context context;

        Writer(Call call, Fact.Attempted end, Context context) {
            this.call = call;
            this.end = end;
            this.context = context;
        }

        @Override
        public boolean take(Reply.@Nullable Head head, byte[] bytes, boolean last) {
            return await(() -> {
                HttpServerResponse response = call.response();
                if (response.closed() || response.ended()) {
                    return Future.succeededFuture(false);
                }
                if (head != null) {
                    begin(response, head, last);
                }
                return (last ? response.end(Buffer.buffer(bytes)) : response.write(Buffer.buffer(bytes))).map(true);
            });
        }

        private void begin(HttpServerResponse response, Reply.Head head, boolean whole) {
            AnswerHeaders.known(call, end.request().route(), end.request().lane());
            if (head.contentType().equals(call.dialect().contentType(true))) {
                AnswerHeaders.streamed(response);
            } else if (!whole) {
                response.setChunked(true);
            }
            AnswerHeaders.answered(response, head);
        }

        private boolean await(Supplier<Future<Boolean>> work) {
            Promise<Boolean> done = Promise.promise();
            context.runOnContext(v -> work.get().onComplete(done));
            try {
                return done.future()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(slowClient.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException slowOrGone) {
                context.runOnContext(v -> call.abort());
                return false;
            }
        }
    }
}
