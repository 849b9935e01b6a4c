package dev.laneway.runtime.config.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Fields of a chat request that a deployment may set where the client set none. */
public final class RequestFields {
    static final Set<String> NAMES = Set.of(
            "frequency_penalty",
            "keep_alive",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "min_p",
            "modalities",
            "n",
            "num_batch",
            "num_ctx",
            "num_gpu",
            "num_keep",
            "num_thread",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "reasoning_effort",
            "repeat_last_n",
            "repeat_penalty",
            "repetition_penalty",
            "response_format",
            "safety_settings",
            "seed",
            "service_tier",
            "stop",
            "store",
            "temperature",
            "think",
            "thinking",
            "tool_choice",
            "top_k",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");

    private RequestFields() {}

    /** Their names. */
    public static Set<String> names() {
        return NAMES;
    }

    /** Takes them from a block, with the members of {@code extra_body}, which go on as they are. */
    public static Map<String, JsonNode> take(Block block) {
        Reading reading = block.reading();
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        Block body = block.block("extra_body");
        if (body != null) {
            body.entries().forEach((key, value) -> fields.put(key, value.json(reading)));
        }
        for (String key : block.entries().keySet()) {
            Value value = NAMES.contains(key) ? block.take(key) : null;
            if (value != null && !value.isNull()) {
                fields.put(key, value.json(reading));
            }
        }
        for (String cap : Set.of("max_tokens", "max_completion_tokens")) {
            JsonNode tokens = fields.get(cap);
            if (tokens != null && (!tokens.isIntegralNumber() || tokens.asLong() < 1)) {
                reading.problems().error(block.place(cap), "is no number of tokens", "write a whole number from 1");
            }
        }
        fields.remove("model");
        fields.remove("messages");
        fields.remove("stream");
        return fields;
    }
}
