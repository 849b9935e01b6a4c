package dev.laneway.provider.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.VendorDialect;
import dev.laneway.contracts.VendorOnlyDialect;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.json.JsonCursor;
import dev.laneway.dialects.json.Splice;
import dev.laneway.runtime.config.models.RequestFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Request fields that a deployment sets where the client set none ({@code litellm_params: {temperature: 0}}). They are put into the
 * body that goes to the vendor, under the names that the config has. Caps of tokens are not among them: they are policy.
 */
final class DeploymentDefaults {
    static final Set<String> CAPS = Set.of("max_completion_tokens", "max_tokens");

    /** Of the fields that LiteLLM's users know, those that Anthropic's Messages API has under the same name and in the same form. */
    private static final Set<String> ALSO_ANTHROPIC =
            Set.of("temperature", "top_k", "top_p", "thinking", "service_tier");

    /** The same of OpenAI's Responses API. */
    private static final Set<String> ALSO_RESPONSES = Set.of(
            "max_tool_calls",
            "metadata",
            "parallel_tool_calls",
            "prompt_cache_key",
            "safety_identifier",
            "service_tier",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user");

    /** Those that OpenAI's legacy completions have, and the ones that self-hosted servers add to both. */
    private static final Set<String> ALSO_COMPLETIONS = Set.of(
            "frequency_penalty",
            "logit_bias",
            "min_p",
            "n",
            "presence_penalty",
            "repeat_penalty",
            "repetition_penalty",
            "seed",
            "stop",
            "temperature",
            "top_k",
            "top_p",
            "user");

    private DeploymentDefaults() {}

    /** The operator's cap where the client set none, 0 for none: the smaller one of the deployment's and the gateway's. */
    static int cap(Map<String, JsonNode> defaults, int gatewayCap) {
        long cap = gatewayCap == 0 ? Integer.MAX_VALUE : gatewayCap;
        for (String name : CAPS) {
            JsonNode own = defaults.get(name);
            if (own != null && own.isIntegralNumber() && own.asLong() > 0) {
                cap = Math.min(cap, own.asLong());
            }
        }
        return cap == Integer.MAX_VALUE ? 0 : (int) cap;
    }

    /** The call with what its body lacks. */
    static UpstreamCall apply(UpstreamCall call, VendorDialect vendor, Map<String, JsonNode> defaults) {
        Map<String, JsonNode> missing = new LinkedHashMap<>(defaults);
        missing.keySet().removeAll(CAPS);
        List<String> notes = new ArrayList<>(call.notes());
        if (vendor == Dialect.OLLAMA_CHAT) {
            return OllamaDefaults.of(missing, notes).apply(call, notes);
        }
        missing.keySet().removeIf(name -> {
            boolean foreign = isForeign(name, vendor);
            if (foreign) {
                notes.add("ignored " + name + " of the deployment: the vendor's dialect has no such field");
            }
            return foreign;
        });
        if (vendor == Dialect.GEMINI) {
            return new UpstreamCall(call.url(), call.headers(), GeminiDefaults.into(call.body(), missing), notes);
        }
        JsonCursor at = new JsonCursor().reset(call.body(), 0, call.body().length);
        if (missing.isEmpty() || !at.enterObject()) {
            return new UpstreamCall(call.url(), call.headers(), call.body(), notes);
        }
        int begin = at.position();
        boolean empty = true;
        while (at.nextMember()) {
            empty = false;
            missing.keySet().removeIf(at::keyIs);
            at.skipValue();
        }
        StringBuilder members = new StringBuilder();
        missing.forEach((name, value) ->
                members.append(Splice.quoted(name)).append(':').append(value).append(','));
        if (empty && !members.isEmpty()) {
            members.setLength(members.length() - 1);
        }
        byte[] body = at.lost() || members.isEmpty()
                ? call.body()
                : new Splice(call.body()).insert(begin, members.toString()).apply();
        return new UpstreamCall(call.url(), call.headers(), body, notes);
    }

    private static boolean isForeign(String name, VendorDialect vendor) {
        return switch (vendor) {
            case Dialect dialect ->
                switch (dialect) {
                    case OPENAI_CHAT, OLLAMA_CHAT, OLLAMA_GENERATE -> false;
                    case OPENAI_COMPLETIONS -> RequestFields.names().contains(name) && !ALSO_COMPLETIONS.contains(name);
                    case OPENAI_EMBEDDINGS, OLLAMA_EMBED ->
                        RequestFields.names().contains(name);
                    case ANTHROPIC_MESSAGES -> RequestFields.names().contains(name) && !ALSO_ANTHROPIC.contains(name);
                    case OPENAI_RESPONSES -> RequestFields.names().contains(name) && !ALSO_RESPONSES.contains(name);
                    case GEMINI -> RequestFields.names().contains(name) && !GeminiDefaults.knows(name);
                };
            case VendorOnlyDialect only ->
                switch (only) {
                    case BEDROCK_CONVERSE, BEDROCK_EMBED, COHERE_EMBED, GEMINI_EMBED ->
                        RequestFields.names().contains(name);
                };
        };
    }
}
