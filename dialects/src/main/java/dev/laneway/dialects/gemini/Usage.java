package dev.laneway.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.JsonCursor;

/**
 * {@code usageMetadata}: totals so far, in every chunk of a stream. Google's candidates leave out thoughts, and its prompt what hosted
 * tools put into it; ours include both.
 */
final class Usage {
    private long prompt;
    private long tools;
    private long cached;
    private long candidates;
    private long thoughts;

    static TokenUsage read(JsonNode metadata) {
        var usage = new Usage();
        usage.prompt = count(metadata, "promptTokenCount");
        usage.tools = count(metadata, "toolUsePromptTokenCount");
        usage.cached = count(metadata, "cachedContentTokenCount");
        usage.candidates = count(metadata, "candidatesTokenCount");
        usage.thoughts = count(metadata, "thoughtsTokenCount");
        return usage.total();
    }

    private static long count(JsonNode metadata, String field) {
        return Math.max(0, metadata.path(field).asLong());
    }

    /** Reads the object that the cursor stands at, and passes over it. */
    static TokenUsage read(JsonCursor at) {
        var usage = new Usage();
        if (!at.enterObject()) {
            at.skipValue();
            return TokenUsage.NONE;
        }
        while (at.nextMember()) {
            if (at.keyIs("promptTokenCount")) {
                usage.prompt = at.takeCount();
            } else if (at.keyIs("toolUsePromptTokenCount")) {
                usage.tools = at.takeCount();
            } else if (at.keyIs("cachedContentTokenCount")) {
                usage.cached = at.takeCount();
            } else if (at.keyIs("candidatesTokenCount")) {
                usage.candidates = at.takeCount();
            } else if (at.keyIs("thoughtsTokenCount")) {
                usage.thoughts = at.takeCount();
            } else {
                at.skipValue();
            }
        }
        return usage.total();
    }

    private TokenUsage total() {
        return new TokenUsage(prompt + tools, candidates + thoughts, cached, 0, thoughts);
    }

    static void write(TokenUsage usage, ByteText to) {
        to.ascii("{\"promptTokenCount\":").number(usage.input());
        to.ascii(",\"candidatesTokenCount\":").number(Math.max(0, usage.output() - usage.reasoning()));
        to.ascii(",\"totalTokenCount\":").number(usage.input() + usage.output());
        if (usage.cachedInput() > 0) {
            to.ascii(",\"cachedContentTokenCount\":").number(usage.cachedInput());
        }
        if (usage.reasoning() > 0) {
            to.ascii(",\"thoughtsTokenCount\":").number(usage.reasoning());
        }
        to.ascii("}");
    }
}
