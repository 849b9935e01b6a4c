package dev.laneway.dialects.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.contract.Heard.Call;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads as ollama-js and ollama-python do: each line is one JSON object, an {@code error} in one is raised. */
final class OllamaEar implements CallerEar {
    private final boolean generates;

    /** @param generates whether it asked {@code /api/generate} */
    OllamaEar(boolean generates) {
        this.generates = generates;
    }

    @Override
    public Heard stream(byte[] bytes) {
        return heard(new String(bytes, StandardCharsets.UTF_8).lines().toList());
    }

    @Override
    public Heard whole(byte[] bytes) {
        return heard(List.of(new String(bytes, StandardCharsets.UTF_8)));
    }

    private Heard heard(List<String> lines) {
        var text = new StringBuilder();
        var thought = new StringBuilder();
        var calls = new ArrayList<Call>();
        String model = null;
        String finish = null;
        TokenUsage usage = null;
        String error = null;
        var whole = false;
        for (var line : lines) {
            var json = CallerEar.json(line);
            if (!json.isObject() || whole) {
                throw new IllegalStateException("not a line of an answer: " + line);
            }
            if (json.has("error")) {
                error = json.path("error").asText();
                break;
            }
            model = json.path("model").textValue();
            JsonNode said = generates ? json : json.path("message");
            text.append(said.path(generates ? "response" : "content").textValue());
            thought.append(said.path("thinking").asText(""));
            for (var call : said.path("tool_calls")) {
                calls.add(new Call(
                        call.path("id").asText(),
                        call.path("function").path("name").asText(),
                        call.path("function").path("arguments").toString()));
            }
            if (json.path("done").booleanValue()) {
                whole = true;
                finish = json.path("done_reason").asText();
                usage = TokenUsage.of(
                        json.path("prompt_eval_count").asLong(),
                        json.path("eval_count").asLong());
            }
        }
        return new Heard(text.toString(), thought.toString(), List.of(), calls, finish, usage, model, whole, error);
    }

    @Override
    public String stop() {
        return "stop";
    }

    @Override
    public String length() {
        return "length";
    }

    @Override
    public String toolCalls() {
        return "stop";
    }

    @Override
    public TokenUsage ofUsage(TokenUsage reported) {
        return TokenUsage.of(reported.input(), reported.output());
    }

    @Override
    public boolean hearsSignatures() {
        return false;
    }

    @Override
    public boolean hearsCalls() {
        return !generates;
    }

    @Override
    public String timeless(String answer) {
        return answer.replaceAll("_duration\":\\d+", "_duration\":0")
                .replaceAll("\"created_at\":\"[^\"]+\"", "\"created_at\":\"\"");
    }
}
