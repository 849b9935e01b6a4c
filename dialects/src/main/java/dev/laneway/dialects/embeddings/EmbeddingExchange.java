package dev.laneway.dialects.embeddings;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.EmbeddingsInbound;
import dev.laneway.dialects.EmbeddingsOutbound;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamPlan;

/** One attempt at embeddings in both directions. */
public final class EmbeddingExchange {
    private EmbeddingExchange() {}

    /** Passes through where both sides speak the same dialect, else translates; refuses where the vendor has no embeddings. */
    public static Exchange open(EmbeddingsInbound caller, byte[] body, Target target, RenderContext context) {
        var vendor = Dialects.embeddings(target.provider());
        if (vendor == null) {
            return refused("This vendor makes no embeddings.");
        }
        var renderer = caller.renderer(body, context);
        if (vendor instanceof EmbeddingsOutbound.Passing same && same.id() == caller.id()) {
            return answeredBy(
                    new EmbeddingPipe(vendor.shape(), renderer, true, 0),
                    same.passThrough(body, target),
                    vendor,
                    target,
                    context);
        }
        var request = caller.parse(body);
        if (request == null) {
            return refused("The body could not be read as JSON.");
        }
        return answeredBy(
                new EmbeddingPipe(
                        vendor.shape(), renderer, false, request.inputs().size()),
                vendor.call(request, target),
                vendor,
                target,
                context);
    }

    private static Exchange answeredBy(
            EmbeddingPipe answer, UpstreamPlan plan, EmbeddingsOutbound vendor, Target target, RenderContext context) {
        return switch (plan) {
            case UpstreamPlan.Refused(var failure) -> new Exchange.Refused(failure);
            case UpstreamPlan.Call(var call) -> Exchange.Ready.of(call, answer, vendor, target, context);
        };
    }

    private static Exchange refused(String why) {
        return new Exchange.Refused(Failure.of(FailureKind.REJECTED, why));
    }
}
