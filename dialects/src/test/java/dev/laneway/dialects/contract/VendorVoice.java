package dev.laneway.dialects.contract;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.UpstreamCall;

/** A vendor that answers the same things in its own dialect: tokens in 30 (8 cached), out 12 (5 of them reasoning). */
interface VendorVoice {
    String MODEL = "vendor-model-2026";
    String TEXT_START = "Hello, ";
    String TEXT_END = "wörld ✓ \"😀\"\n\\";
    String THOUGHT = "Let me think.";
    String SIGNATURE = "EqQBCgIYAhIk+/=";

    static VendorVoice of(VendorDialect vendor) {
        return switch (vendor) {
            case Dialect dialect ->
                switch (dialect) {
                    case OPENAI_CHAT -> new OpenAiVoice();
                    case ANTHROPIC_MESSAGES -> new AnthropicVoice();
                    case OPENAI_RESPONSES -> new ResponsesVoice();
                    case GEMINI -> new GeminiVoice();
                    case OLLAMA_CHAT -> new OllamaVoice();
                    case OLLAMA_GENERATE, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        throw new IllegalArgumentException(vendor.id());
                };
            case VendorOnlyDialect only ->
                switch (only) {
                    case BEDROCK_CONVERSE -> new BedrockVoice();
                    case BEDROCK_EMBED, COHERE_EMBED, GEMINI_EMBED -> throw new IllegalArgumentException(vendor.id());
                };
        };
    }

    /** @param finish this dialect's word */
    byte[] text(boolean stream, String finish);

    /** Two calls: {@code weather} with a city, {@code clock} without arguments. */
    byte[] calls(boolean stream);

    /** A signed thought, then {@link #TEXT_START}. */
    byte[] thought(boolean stream);

    /** What came of {@link #text} before its end: a role and {@link #TEXT_START}. */
    byte[] beginning();

    /** A stream's frame, or an answer's body, that says the vendor is overloaded. */
    byte[] overloaded(boolean stream);

    /** A frame that is not JSON. */
    byte[] garbage();

    /** An answer that says nothing and ends as usual. */
    byte[] nothing(boolean stream);

    /** What it reports of the tokens. */
    default TokenUsage usage() {
        return new TokenUsage(30, 12, 8, 0, 5);
    }

    /** Whether it signs its thoughts. */
    default boolean signs() {
        return true;
    }

    /** With what the formal end of a stream begins, behind what says why it ended; empty where that is one. */
    default String formalEnd() {
        return "";
    }

    String stop();

    /** A request without what it always refuses. */
    default byte[] takes(byte[] request) {
        return request;
    }

    /** Its row in the catalogue. */
    String provider();

    /** Its address as an operator writes it. */
    String base();

    /** Holds a call that {@link SampleRequests#rich} became to the vendor's own rules. */
    void judge(UpstreamCall call, boolean stream);

    String length();
}
