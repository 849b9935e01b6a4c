package dev.laneway.provider;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.OutboundDialect;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Continuation;
import dev.laneway.dialects.failures.Concealment;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.FinishReason;
import dev.laneway.provider.call.Exchanges;
import io.vertx.core.Context;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wire format for tests: an answer passes through as it came; {@code token} in it is a token, {@code done} its end, {@code error} an
 * error inside; it used 7 and 3 tokens, unless it is {@code untold}. A request that says {@code refuse} can't be put, one that says {@code bug} throws.
 */
final class LineDialect implements Exchanges {
    /** Where the last request was opened; null before one was. */
    volatile @Nullable Boolean onEventLoop;

    /** What the last request was to go on with. */
    volatile @Nullable Beginning goesOnWith;

    @Override
    public Exchange open(Dialect caller, byte[] body, Target target, RenderContext context, Continuation continuation) {
        goesOnWith = continuation.beginning();
        onEventLoop = Context.isOnEventLoopThread();
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.contains("refuse")) {
            return new Exchange.Refused(Failure.of(FailureKind.REJECTED, "can't be put"));
        }
        if (text.contains("bug")) {
            throw new IllegalStateException("prompt: " + text);
        }
        Map<String, String> headers = target.endpoint().apiKey() == null
                ? Map.of("x-client-request-id", target.attemptId())
                : Map.of(
                        "x-client-request-id",
                        target.attemptId(),
                        "authorization",
                        "Bearer " + target.endpoint().apiKey());
        return new Exchange.Ready(
                new UpstreamCall(
                        target.endpoint().baseUrl() + "/chat",
                        headers,
                        body,
                        text.contains("note") ? List.of("dropped seed") : List.of()),
                new Pipe(context.stream(), continuation),
                new Errors(),
                new Concealment("big-model", context.model(), target.endpoint().apiKey()));
    }

    /** Only what a worker asks of it. */
    private static final class Errors implements OutboundDialect {
        @Override
        public Dialect id() {
            return Dialect.OPENAI_CHAT;
        }

        @Override
        public UpstreamPlan call(ChatRequest request, Target target) {
            throw new AssertionError("not asked by a worker");
        }

        @Override
        public UpstreamPlan passThrough(byte[] body, Target target) {
            throw new AssertionError("not asked by a worker");
        }

        @Override
        public boolean takesPrefill(Target target) {
            throw new AssertionError("not asked by a worker");
        }

        @Override
        public AnswerReader reader(boolean stream) {
            throw new AssertionError("not asked by a worker");
        }

        @Override
        public AnswerPipe passThroughAnswer(RenderContext context) {
            throw new AssertionError("not asked by a worker");
        }

        @Override
        public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
            String after = headers.get("retry-after");
            long wait = after == null ? 0 : Long.parseLong(after) * 1000;
            FailureKind kind = switch (status) {
                case 401 -> FailureKind.UNAUTHORIZED;
                case 429 -> FailureKind.RATE_LIMITED;
                case 503 -> FailureKind.OVERLOADED;
                default -> status >= 500 ? FailureKind.SERVER_ERROR : FailureKind.REJECTED;
            };
            return new Failure(kind, new String(body, StandardCharsets.UTF_8), status, wait);
        }
    }

    private static final class Pipe implements AnswerPipe {
        private final boolean stream;
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private final Continuation continuation;
        private final ByteArrayOutputStream passed = new ByteArrayOutputStream();
        private boolean tokenSeen;
        private long tokensSeen;
        private boolean untold;
        private boolean finished;
        private @Nullable Failure failure;

        Pipe(boolean stream, Continuation continuation) {
            this.stream = stream;
            this.continuation = continuation;
        }

        /** All that passed, behind what was said before. */
        @Override
        public byte[] beginning() {
            Beginning before = continuation.beginning();
            return !continuation.possible()
                    ? new byte[0]
                    : new Beginning(
                                    "id",
                                    0,
                                    0,
                                    false,
                                    (before == null ? "" : before.text()) + passed.toString(StandardCharsets.UTF_8),
                                    TokenUsage.NONE)
                            .bytes();
        }

        @Override
        public byte[] feed(byte[] bytes, int offset, int length) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (stream) {
                see(text);
            }
            finished |= text.contains("done");
            if (text.contains("error")) {
                failure = Failure.of(FailureKind.SERVER_ERROR, "inside");
                return new byte[0];
            }
            if (stream) {
                passed.write(bytes, offset, length);
                return java.util.Arrays.copyOfRange(bytes, offset, offset + length);
            }
            whole.write(bytes, offset, length);
            return new byte[0];
        }

        private void see(String text) {
            tokenSeen |= text.contains("token");
            tokensSeen += text.split("token", -1).length - 1;
            untold |= text.contains("untold");
        }

        /** What is no stream is looked at when it is whole. */
        @Override
        public byte[] end() {
            if (!stream) {
                see(whole.toString(StandardCharsets.UTF_8));
            }
            if (stream && !finished) {
                failure = Failure.of(FailureKind.CUT_STREAM, "no end");
            } else if (!tokenSeen) {
                failure = Failure.of(FailureKind.EMPTY_ANSWER, "empty");
            }
            return failure == null ? whole.toByteArray() : new byte[0];
        }

        @Override
        public boolean tokenSeen() {
            return tokenSeen;
        }

        @Override
        public long tokensSeen() {
            return tokensSeen;
        }

        @Override
        public boolean finished() {
            return finished;
        }

        @Override
        public @Nullable FinishReason finishReason() {
            return finished ? FinishReason.STOP : null;
        }

        @Override
        public @Nullable TokenUsage usage() {
            return tokenSeen && !untold ? TokenUsage.of(7, 3) : null;
        }

        @Override
        public @Nullable Failure failure() {
            return failure;
        }
    }
}
