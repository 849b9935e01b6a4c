package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.contract.Heard.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads as google-genai for Java does: a signature is base64, a call of a function comes whole, and ends with STOP. */
final class GeminiEar implements CallerEar {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<String> signatures = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private String finish;
    private String model;
    private TokenUsage usage;

    @Override
    public Heard stream(byte[] bytes) {
        var ear = new GeminiEar();
        for (var event : CallerEar.events(bytes)) {
            var chunk = CallerEar.json(event.data());
            if (chunk.hasNonNull("error")) {
                return ear.heard(chunk.path("error").path("message").asText());
            }
            ear.chunk(chunk);
        }
        return ear.heard(null);
    }

    @Override
    public Heard whole(byte[] bytes) {
        var ear = new GeminiEar();
        ear.chunk(CallerEar.json(bytes));
        return ear.heard(null);
    }

    private Heard heard(String error) {
        return new Heard(
                text.toString(),
                reasoning.toString(),
                signatures,
                calls,
                finish == null ? null : calls.isEmpty() ? finish : "call:" + finish,
                usage,
                model,
                finish != null && error == null,
                error);
    }

    private void chunk(JsonNode chunk) {
        model = chunk.path("modelVersion").asText();
        if (chunk.has("usageMetadata")) {
            usage = usage(chunk.path("usageMetadata"));
        }
        for (var candidate : chunk.path("candidates")) {
            require(finish == null, "a candidate after its end");
            require(candidate.path("content").path("role").asText().equals("model"), "whose content?");
            candidate.path("content").path("parts").forEach(this::part);
            finish = candidate.path("finishReason").textValue();
        }
    }

    private void part(JsonNode part) {
        if (part.has("thoughtSignature")) {
            signatures.add(signature(part.path("thoughtSignature").textValue()));
        }
        if (part.has("functionCall")) {
            var call = part.path("functionCall");
            require(call.path("args").isObject(), "arguments are an object");
            calls.add(new Call(
                    call.path("id").asText(),
                    call.path("name").asText(),
                    call.path("args").toString()));
        } else if (part.path("thought").asBoolean()) {
            reasoning.append(part.path("text").asText());
        } else {
            text.append(part.path("text").textValue());
        }
    }

    /** Another vendor's lies inside. */
    private static String signature(String written) {
        return written.startsWith("ZWxzZXdoZXJl")
                ? new String(Base64.getDecoder().decode(written), StandardCharsets.UTF_8)
                        .substring("elsewhere".length())
                : written;
    }

    private static TokenUsage usage(JsonNode usage) {
        var thoughts = usage.path("thoughtsTokenCount").asLong();
        return new TokenUsage(
                usage.path("promptTokenCount").asLong(),
                usage.path("candidatesTokenCount").asLong() + thoughts,
                usage.path("cachedContentTokenCount").asLong(),
                0,
                thoughts);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    @Override
    public String stop() {
        return "STOP";
    }

    @Override
    public String length() {
        return "MAX_TOKENS";
    }

    @Override
    public String toolCalls() {
        return "call:STOP";
    }
}
