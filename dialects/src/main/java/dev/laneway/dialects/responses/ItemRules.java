package dev.laneway.dialects.responses;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an item of {@code input} must have. One item. */
final class ItemRules {
    private final BodyReader body;
    private final RequestRules request;
    private final Set<String> fields = new HashSet<>();
    private @Nullable String type;

    ItemRules(BodyReader body, RequestRules request) {
        this.body = body;
        this.request = request;
    }

    void read() throws Invalid, IOException {
        body.fields(this::field);
        var kind = type == null ? (fields.contains("role") ? "message" : "item_reference") : type;
        switch (kind) {
            case "message" -> need("role", "content");
            case "function_call" -> need("call_id", "name", "arguments");
            case "function_call_output", "custom_tool_call_output" -> need("call_id", "output");
            case "custom_tool_call" -> need("call_id", "name", "input");
            case "item_reference" -> {
                need("id");
                request.sawKept();
            }
            case "image_generation_call" -> request.sawImage();
            default -> {}
        }
    }

    private void need(String... names) throws Invalid {
        for (var name : names) {
            if (!fields.contains(name)) {
                throw body.missing(name);
            }
        }
    }

    private void field(String name) throws Invalid, IOException {
        if (body.isNull()) {
            return;
        }
        fields.add(name);
        switch (name) {
            case "type" -> type = body.text();
            case "role" -> {
                switch (body.text()) {
                    case "system", "developer", "user", "assistant" -> {}
                    default ->
                        throw body.here("invalid_value", "This must be one of system, developer, user and assistant.");
                }
            }
            case "content", "output" -> {
                if (body.isArray()) {
                    body.items(_ -> part());
                } else if (!body.isObject()) {
                    body.string();
                } else {
                    part();
                }
            }
            case "call_id", "name", "arguments", "encrypted_content", "namespace" -> body.string();
            default -> body.skip();
        }
    }

    private void part() throws Invalid, IOException {
        if (!body.isObject()) {
            body.skip();
            return;
        }
        body.fields(name -> {
            if (body.isNull()) {
                return;
            }
            switch (name) {
                case "type" -> {
                    switch (body.text()) {
                        case "input_image" -> request.sawMedia(Feature.VISION);
                        case "input_file" -> request.sawMedia(Feature.DOCUMENTS);
                        case "input_audio" -> request.sawMedia(Feature.AUDIO);
                        case "computer_screenshot" -> request.sawImage();
                        default -> {}
                    }
                }
                case "text" -> body.string();
                case "image_url", "file_data", "file_url" -> body.media();
                case "input_audio" ->
                    body.fields(inner -> {
                        if (inner.equals("data")) {
                            body.media();
                        } else {
                            body.skip();
                        }
                    });
                default -> body.skip();
            }
        });
    }
}
