package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.dialects.answers.TranslatingPipe;
import dev.laneway.dialects.continuing.Beginning;
import dev.laneway.dialects.continuing.Continuation;
import dev.laneway.dialects.continuing.ContinuingPipe;
import dev.laneway.dialects.continuing.RecordingPipe;
import dev.laneway.dialects.embeddings.EmbeddingExchange;
import dev.laneway.dialects.failures.Concealment;
import org.jspecify.annotations.Nullable;

/** One attempt in both directions: the way for a worker to use this module. */
public sealed interface Exchange {

    /**
     * The call to make, and what to do with its answer. One answer, one thread.
     *
     * @param answer what an answer with status 2xx goes through to the caller
     */
    record Ready(UpstreamCall call, AnswerPipe answer, AskedVendor vendor, Concealment concealment)
            implements Exchange {

        /** The same exchange by a call that was changed on its way, to be signed for instance. */
        public Ready calling(UpstreamCall changed) {
            return new Ready(changed, answer, vendor, concealment);
        }

        /** The same, with what a target's account and context want concealed. */
        public static Ready of(
                UpstreamCall call, AnswerPipe answer, AskedVendor vendor, Target target, RenderContext context) {
            return new Ready(
                    call,
                    answer,
                    vendor,
                    new Concealment(
                            target.model(), context.model(), target.endpoint().apiKey()));
        }

        /**
         * Types an answer with a status other than 2xx, as {@link AskedVendor#classify} does; the vendor's model id and our key
         * don't show in the message.
         */
        public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
            return concealment.of(vendor.classify(status, headers, body, now));
        }

        /** What spoiled an answer with status 2xx, {@link AnswerPipe#failure()}, without the vendor's model id and our key. */
        public @Nullable Failure failure() {
            var failure = answer.failure();
            return failure == null ? null : concealment.of(failure);
        }
    }

    /** The request can't be put to this vendor; nothing is to be sent. */
    record Refused(Failure failure) implements Exchange {}

    /**
     * Passes through where both sides speak the same dialect, else translates.
     *
     * @param continuation whether an answer in words may be gone on with; of no meaning for embeddings
     */
    static Exchange open(
            CallerDialect caller, byte[] body, Target target, RenderContext context, Continuation continuation) {
        return switch (caller) {
            case InboundDialect words -> open(words, body, target, context, continuation);
            case EmbeddingsInbound vectors -> EmbeddingExchange.open(vectors, body, target, context);
        };
    }

    /** The same for words that nobody goes on with. */
    static Exchange open(InboundDialect caller, byte[] body, Target target, RenderContext context) {
        var vendor = Dialects.vendor(target.provider(), caller.id());
        if (vendor instanceof OutboundDialect same && caller.id() == same.id()) {
            return answeredBy(
                    same.passThroughAnswer(context, body), same.passThrough(body, target), same, target, context);
        }
        return switch (caller.parse(body)) {
            case Parsed.Unreadable(var failure) -> new Refused(failure);
            case Parsed.Request(var request) ->
                answeredBy(
                        new TranslatingPipe(vendor.reader(target.stream()), caller.renderer(context, body)),
                        noted(vendor.call(request, target), caller),
                        vendor,
                        target,
                        context);
        };
    }

    /**
     * The same, where an answer may be gone on with: what its caller is told is kept. An attempt that goes on with a beginning is
     * always translated, since what it says is to be joined to that. Streams only.
     */
    static Exchange open(
            InboundDialect caller, byte[] body, Target target, RenderContext context, Continuation continuation) {
        var beginning = continuation.beginning();
        var opened = beginning == null
                ? open(caller, body, target, context)
                : goOn(caller, body, target, context, beginning);
        return switch (opened) {
            case Ready(var call, var answer, var vendor, var concealment)
            when continuation.possible() && target.stream() ->
                new Ready(
                        call,
                        new RecordingPipe(answer, caller.transcript(beginning), continuation),
                        vendor,
                        concealment);
            case Ready ready -> ready;
            case Refused refused -> refused;
        };
    }

    private static Exchange goOn(
            InboundDialect caller, byte[] body, Target target, RenderContext context, Beginning beginning) {
        var vendor = Dialects.vendor(target.provider(), caller.id());
        var prefill = vendor.takesPrefill(target);
        return switch (caller.parse(body)) {
            case Parsed.Unreadable(var failure) -> new Refused(failure);
            case Parsed.Request(var request) ->
                answeredBy(
                        new ContinuingPipe(
                                vendor.reader(target.stream()),
                                caller.resume(context, beginning, body),
                                beginning,
                                prefill),
                        vendor.call(
                                Continuation.request(request, beginning, prefill),
                                Continuation.target(target, beginning)),
                        vendor,
                        target,
                        context);
        };
    }

    private static UpstreamPlan noted(UpstreamPlan plan, InboundDialect caller) {
        return switch (plan) {
            case UpstreamPlan.Call(var call)
            when !caller.approximations().isEmpty() -> new UpstreamPlan.Call(call.noting(caller.approximations()));
            case UpstreamPlan.Call call -> call;
            case UpstreamPlan.Refused refused -> refused;
        };
    }

    private static Exchange answeredBy(
            AnswerPipe answer, UpstreamPlan plan, VendorSide vendor, Target target, RenderContext context) {
        return switch (plan) {
            case UpstreamPlan.Refused(var failure) -> new Refused(failure);
            case UpstreamPlan.Call(var call) -> Ready.of(call, answer, vendor, target, context);
        };
    }
}
