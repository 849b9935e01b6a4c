package dev.laneway.dialects.bedrock;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.AnswerReader;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.VendorSide;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import java.util.HashMap;

/** Models behind Bedrock's Converse API. */
public final class BedrockConverseVendor implements VendorSide {
    private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

    @Override
    public VendorDialect id() {
        return VendorOnlyDialect.BEDROCK_CONVERSE;
    }

    @Override
    public UpstreamPlan call(ChatRequest request, Target target) {
        var losses = new Losses();
        var body = new RequestWriter(target, losses).write(request);
        var refusal = losses.refusal();
        if (refusal != null) {
            return new UpstreamPlan.Refused(refusal);
        }
        var headers = new HashMap<>(target.headers());
        if (!target.endpoint().headers().containsKey("accept")) {
            headers.put("accept", target.stream() ? EVENT_STREAM : "application/json");
        }
        return new UpstreamPlan.Call(new UpstreamCall(
                BedrockModel.url(target, target.stream() ? "converse-stream" : "converse"),
                headers,
                Json.bytes(body),
                losses.notes()));
    }

    @Override
    public boolean takesPrefill(Target target) {
        return BedrockModel.of(target.model()).takesPrefill();
    }

    @Override
    public AnswerReader reader(boolean stream) {
        return stream ? new StreamReader() : new WholeReader();
    }

    @Override
    public Failure classify(int status, HeaderLookup headers, byte[] body, long now) {
        return Errors.classify(status, headers, body, now);
    }
}
