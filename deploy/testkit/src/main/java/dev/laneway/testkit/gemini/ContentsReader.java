package dev.laneway.testkit.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.testkit.answers.PromptBuilder;
import java.util.List;
import java.util.Set;

/** Goes through {@code contents}, checks them and builds the prompt. For one request. */
final class ContentsReader {
    private static final Set<String> ROLES = Set.of("", "user", "model", "function");

    /** What to say where something does not hold. */
    @FunctionalInterface
    interface Check {
        void require(boolean holds, String message);
    }

    private final PromptBuilder prompt;
    private final CallSignature signatures;
    private final boolean demandsSignatures;
    private final Check check;
    private int calls;

    ContentsReader(PromptBuilder prompt, CallSignature signatures, boolean demandsSignatures, Check check) {
        this.prompt = prompt;
        this.signatures = signatures;
        this.demandsSignatures = demandsSignatures;
        this.check = check;
    }

    /** The elements of an array, or the one that stands in its place. */
    static Iterable<JsonNode> each(JsonNode node) {
        return node.isObject() ? List.of(node) : node;
    }

    void read(JsonNode contents) {
        boolean any = false;
        String role = "";
        for (JsonNode content : each(contents)) {
            any = true;
            role = content.path("role").asText();
            content(content, role);
        }
        check.require(any, "* GenerateContentRequest.contents: contents is not specified");
        check.require(
                !role.equals("model"),
                "Please ensure that multiturn requests end with a user role or a function response.");
    }

    private void content(JsonNode content, String role) {
        check.require(ROLES.contains(role), "Please use a valid role: user, model.");
        boolean model = role.equals("model");
        prompt.message(model ? "assistant" : "user");
        int called = 0;
        int answered = 0;
        for (JsonNode part : each(content.path("parts"))) {
            if (part.path("functionCall").isObject()) {
                call(part, called++);
            } else if (part.path("functionResponse").isObject()) {
                answered++;
                response(part.path("functionResponse"));
            } else {
                part(part, model);
            }
        }
        check.require(
                model || answered == calls,
                "Please ensure that the number of function response parts is equal to the number of function call"
                        + " parts of the function call turn.");
        calls = model ? called : 0;
    }

    private void call(JsonNode part, int before) {
        String name = part.path("functionCall").path("name").asText();
        String signature = part.path("thoughtSignature").asText("");
        check.require(signature.isEmpty() || signatures.fits(name, signature), "Invalid thought signature.");
        check.require(
                before > 0 || !demandsSignatures || !signature.isEmpty(),
                "Function call is missing a thought_signature in functionCall parts. This is required for tools to work"
                        + " correctly, and missing thought_signature may lead to degraded model performance.");
        check.require(!name.isEmpty(), "Invalid value at 'contents.parts.function_call.name'");
        prompt.other(part.path("functionCall").path("args"));
    }

    private void response(JsonNode response) {
        JsonNode said = response.path("response");
        check.require(said.isObject(), "Invalid value at 'contents.parts.function_response.response' (Struct)");
        JsonNode first = said.size() == 1 ? said.elements().next() : said;
        prompt.toolResult(first.isTextual() ? first.asText() : first.toString());
    }

    private void part(JsonNode part, boolean model) {
        JsonNode inline = part.path("inlineData");
        JsonNode file = part.path("fileData");
        if (part.path("text").isTextual()) {
            String text = part.path("text").asText();
            if (model) {
                prompt.text(text);
            } else {
                prompt.userText(text);
            }
        } else if (inline.isObject()) {
            check.require(inline.path("mimeType").isTextual(), "Unsupported MIME type: ");
            prompt.image(inline.path("data").asText());
        } else if (file.isObject()) {
            prompt.image(file.path("fileUri").asText());
        } else {
            check.require(
                    !part.isEmpty(),
                    "* GenerateContentRequest.contents.parts.data: required oneof field 'data' must have one initialized"
                            + " field");
            prompt.other(part);
        }
    }
}
