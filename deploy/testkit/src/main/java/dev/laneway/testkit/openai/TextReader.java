package dev.laneway.testkit.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Caching;
import dev.laneway.testkit.answers.OutputShape;
import dev.laneway.testkit.answers.PromptBuilder;
import dev.laneway.testkit.answers.Tooling;
import dev.laneway.testkit.models.ModelName;
import dev.laneway.testkit.wire.Reading;
import dev.laneway.testkit.wire.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Reads and checks a request for a legacy completion ({@code POST /v1/completions}). Every prompt is a message of a token count of its
 * own; each has {@code n} choices. Tokens in place of a text are read as the text that JSON makes of them.
 */
final class TextReader {
    private final JsonNode body;
    private final ModelName model;
    private final RequestHead head;
    private final FieldChecks checks = new FieldChecks();

    TextReader(JsonNode body, ModelName model, RequestHead head) {
        this.body = body;
        this.model = model;
        this.head = head;
    }

    Reading read() {
        List<String> prompts = prompts();
        checks.require(!prompts.isEmpty(), () -> OpenAiErrors.missing("prompt"));
        checks.bool(body, "stream");
        checks.bool(body, "echo");
        checks.integer(body, "n", 1, 128);
        checks.integer(body, "best_of", 1, 20);
        checks.integer(body, "logprobs", 0, 5);
        checks.integer(body, "max_tokens", 0, Integer.MAX_VALUE);
        checks.decimal(body, "temperature", 0, 2);
        checks.decimal(body, "top_p", 0, 1);
        if (checks.error().isPresent()) {
            return new Reading.Refused(checks.error().get());
        }
        PromptBuilder prompt =
                new PromptBuilder(head.bodyBytes(), model.behaviour().cacheMinimum());
        for (String text : prompts) {
            prompt.message("user");
            prompt.userText(text);
        }
        JsonNode most = body.path("max_tokens");
        Ask ask = new Ask(
                model,
                body.path("stream").asBoolean(),
                prompt.build(Caching.AUTOMATIC),
                Tooling.NONE,
                new OutputShape.Prose(),
                new Ask.Bounds(
                        most.isIntegralNumber() ? OptionalInt.of(most.asInt()) : OptionalInt.empty(),
                        stops(),
                        body.path("seed").asLong()),
                0,
                prompts.size() * body.path("n").asInt(1));
        return new Reading.Understood(new TextCall(
                ask,
                body.path("echo").asBoolean() ? prompts : List.of(),
                body.path("n").asInt(1),
                body.path("stream_options").path("include_usage").asBoolean()));
    }

    private List<String> prompts() {
        JsonNode prompt = body.path("prompt");
        if (prompt.isTextual()) {
            return List.of(prompt.asText());
        }
        if (prompt.path(0).isIntegralNumber()) {
            return List.of(prompt.toString());
        }
        List<String> prompts = new ArrayList<>();
        prompt.forEach(text -> prompts.add(text.isTextual() ? text.asText() : text.toString()));
        return prompts;
    }

    private List<String> stops() {
        List<String> stops = new ArrayList<>();
        if (body.path("stop").isTextual()) {
            stops.add(body.path("stop").asText());
        }
        body.path("stop").forEach(text -> stops.add(text.asText()));
        return stops;
    }
}
