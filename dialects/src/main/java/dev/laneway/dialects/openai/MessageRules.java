package dev.laneway.dialects.openai;

import dev.laneway.contracts.Feature;
import dev.laneway.dialects.json.BodyReader;
import dev.laneway.dialects.json.BodyReader.Invalid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What {@code ChatCompletionRequestMessage} demands. One message. */
final class MessageRules {
    private final BodyReader body;
    private final RequestRules request;
    private @Nullable String role;
    private boolean content;
    private boolean toolCallId;

    MessageRules(BodyReader body, RequestRules request) {
        this.body = body;
        this.request = request;
    }

    void read() throws Invalid, IOException {
        body.fields(this::field);
        if (role == null) {
            throw body.missing("role");
        }
        if (!content && !role.equals("assistant") && !role.equals("function")) {
            throw body.missing("content");
        }
        if (!toolCallId && role.equals("tool")) {
            throw body.missing("tool_call_id");
        }
    }

    private void field(String name) throws Invalid, IOException {
        if (name.equals("role")) {
            role = body.text();
            switch (role) {
                case "system", "developer", "user", "assistant", "tool", "function" -> {}
                default ->
                    throw body.here(
                            "invalid_value",
                            "This must be one of system, developer, user, assistant, tool and function.");
            }
        } else if (body.isNull()) {
            return;
        } else if (name.equals("content")) {
            content = true;
            content();
        } else if (name.equals("audio")) {
            // what was said before, by its id
            request.sawSaid();
            body.skip();
        } else if (name.equals("tool_calls")) {
            body.items(_ -> toolCall());
        } else if (name.equals("tool_call_id")) {
            toolCallId = true;
            body.string();
        } else if (name.equals("name")) {
            body.string();
        } else {
            body.skip();
        }
    }

    private void content() throws Invalid, IOException {
        if (body.isString()) {
            return;
        }
        if (!body.isArray()) {
            throw body.here("invalid_type", "This must be a string or an array of content parts.");
        }
        body.items(_ -> part());
    }

    private void part() throws Invalid, IOException {
        var type = new String[1];
        body.fields(name -> {
            switch (name) {
                case "type" -> type[0] = body.text();
                case "text" -> body.string();
                case "image_url" -> {
                    request.sawMedia(Feature.VISION);
                    inside("url");
                }
                case "input_audio" -> {
                    request.sawMedia(Feature.AUDIO);
                    inside("data");
                }
                // of vendors that speak like OpenAI
                case "video_url" -> {
                    request.sawVideo();
                    inside("url");
                }
                case "file" -> {
                    request.sawMedia(Feature.DOCUMENTS);
                    inside("file_data");
                }
                default -> body.skip();
            }
        });
        if (type[0] == null) {
            throw body.missing("type");
        }
    }

    /** An object with a field of inline data or a URL; some clients put the string in the object's place. */
    private void inside(String field) throws Invalid, IOException {
        if (body.isString()) {
            body.media();
            return;
        }
        body.fields(name -> {
            if (name.equals(field) && !body.isNull()) {
                body.media();
            } else {
                body.skip();
            }
        });
    }

    private void toolCall() throws Invalid, IOException {
        body.fields(name -> {
            if (name.equals("function") && !body.isNull()) {
                body.fields(inner -> {
                    if (inner.equals("name") || inner.equals("arguments")) {
                        body.string();
                    } else {
                        body.skip();
                    }
                });
            } else if (name.equals("id") && !body.isNull()) {
                body.string();
            } else {
                body.skip();
            }
        });
    }
}
