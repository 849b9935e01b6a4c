package dev.laneway.dialects.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Losses;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.neutral.ChatRequest;
import dev.laneway.dialects.neutral.ChatRequest.Sampling;
import dev.laneway.dialects.neutral.Message;
import dev.laneway.dialects.neutral.Part;
import dev.laneway.dialects.providers.Quirk;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code CreateCompletionRequest} from the neutral model. One user's message is the prompt as it is; a conversation is
 * written out, a speaker's name before each turn, and ends where the assistant is to go on.
 */
final class CompletionWriter {
    private final Target target;
    private final Losses losses;
    private final ObjectNode root = Json.object();

    CompletionWriter(Target target, Losses losses) {
        this.target = target;
        this.losses = losses;
    }

    ObjectNode write(ChatRequest request) {
        root.put("model", target.model());
        root.put("prompt", prompt(request));
        if (!request.tooling().tools().isEmpty()) {
            losses.refuse("This vendor completes text: it can't call tools.");
        }
        sampling(request.sampling());
        limit(request.output().maxTokens());
        if (!request.output().stop().isEmpty()) {
            request.output().stop().forEach(root.withArrayProperty("stop")::add);
        }
        if (request.output().format() != null) {
            losses.dropped("response_format", "completions have no such field");
        }
        if (request.output().reasoning() != null) {
            losses.dropped("reasoning", "completions have no such field");
        }
        if (request.origin().user() != null && !target.provider().quirks().contains(Quirk.NO_USER)) {
            root.put("user", request.origin().user());
        }
        if (target.stream()) {
            root.put("stream", true);
            if (!target.provider().quirks().contains(Quirk.NO_STREAM_OPTIONS)) {
                root.putObject("stream_options").put("include_usage", true);
            }
        }
        request.extras().in(Dialect.OPENAI_COMPLETIONS).forEach(root::set);
        if (request.extras().origin() != Dialect.OPENAI_COMPLETIONS) {
            request.extras().fields().keySet().forEach(name -> losses.dropped(name, "completions have no such field"));
        }
        target.policy().dropParams().forEach(root::remove);
        return root;
    }

    private String prompt(ChatRequest request) {
        var messages = request.messages();
        var alone = messages.getFirst().role() == Message.Role.USER
                && (messages.size() == 1
                        || (messages.size() == 2 && messages.getLast().role() == Message.Role.ASSISTANT));
        var prompt = new StringBuilder();
        if (alone) {
            messages.forEach(message -> prompt.append(text(message)));
            return prompt.toString();
        }
        losses.approximated("messages", "as one text");
        for (var message : messages) {
            var speaker = switch (message.role()) {
                case SYSTEM, DEVELOPER -> "System: ";
                case USER -> "User: ";
                case ASSISTANT -> "Assistant: ";
                case TOOL -> "Tool: ";
            };
            prompt.append(prompt.isEmpty() ? "" : "\n\n").append(speaker).append(text(message));
        }
        if (messages.getLast().role() != Message.Role.ASSISTANT) {
            prompt.append("\n\nAssistant:");
        }
        return prompt.toString();
    }

    private String text(Message message) {
        var text = new StringBuilder();
        for (var part : message.parts()) {
            switch (part) {
                case Part.Text(var said, var _) -> text.append(said);
                case Part.Refusal(var said) -> text.append(said);
                case Part.Thinking _, Part.RedactedThinking _ ->
                    losses.dropped("reasoning", "completions have no place");
                case Part.ToolUse _, Part.ToolResult _ ->
                    losses.refuse("This vendor completes text: it can't call tools.");
                case Part.Image _, Part.Audio _, Part.Document _, Part.Opaque _ ->
                    losses.refuse("This vendor completes text: it takes nothing else.");
            }
        }
        return text.toString();
    }

    private void sampling(Sampling sampling) {
        put("temperature", sampling.temperature());
        put("top_p", sampling.topP());
        put("frequency_penalty", sampling.frequencyPenalty());
        put("presence_penalty", sampling.presencePenalty());
        if (sampling.topK() != null) {
            losses.dropped("top_k", "completions have no such field");
        }
        if (sampling.topLogprobs() != null) {
            losses.dropped("logprobs", "completions tell them in another form");
        }
        if (sampling.seed() != null) {
            root.put("seed", sampling.seed());
        }
        if (sampling.n() > 1) {
            root.put("n", sampling.n());
        }
        if (!sampling.logitBias().isEmpty()) {
            var bias = root.putObject("logit_bias");
            sampling.logitBias().forEach(bias::put);
        }
    }

    private void put(String name, @Nullable Double value) {
        if (value != null) {
            root.put(name, value);
        }
    }

    private void limit(@Nullable Integer asked) {
        var cap = target.policy().maxTokens();
        if (cap != null && (asked == null || cap < asked)) {
            if (asked != null) {
                losses.approximated("max_tokens", "lowered by the operator's policy");
            }
            root.put("max_tokens", cap);
        } else if (asked != null) {
            root.put("max_tokens", asked);
        }
    }
}
