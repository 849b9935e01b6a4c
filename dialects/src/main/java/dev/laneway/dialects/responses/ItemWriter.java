package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.responses.ToolForms.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes items of a response's output and the parts of their content. */
final class ItemWriter {
    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";
    static final String IN_PROGRESS = "in_progress";

    private ItemWriter() {}

    /** @param content JSON of its parts */
    static void message(String id, String status, List<byte[]> content, ByteText to) {
        to.ascii("{\"id\":").quoted(id).ascii(",\"type\":\"message\",\"status\":\"");
        to.ascii(status).ascii("\",\"role\":\"assistant\",\"content\":[");
        for (var i = 0; i < content.size(); i++) {
            to.ascii(i == 0 ? "" : ",").raw(content.get(i));
        }
        to.ascii("]}");
    }

    static void text(String text, ByteText to) {
        to.ascii("{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":")
                .quoted(text)
                .ascii("}");
    }

    static void refusal(String text, ByteText to) {
        to.ascii("{\"type\":\"refusal\",\"refusal\":").quoted(text).ascii("}");
    }

    /** @param input arguments, or the input of a custom tool */
    static void call(String id, String status, String callId, Form form, String input, ByteText to) {
        to.ascii("{\"id\":")
                .quoted(id)
                .ascii(",\"type\":\"")
                .ascii(form.custom() ? "custom_tool_call" : "function_call")
                .ascii("\",\"status\":\"")
                .ascii(status)
                .ascii(form.custom() ? "\",\"input\":" : "\",\"arguments\":")
                .quoted(input)
                .ascii(",\"call_id\":")
                .quoted(callId)
                .ascii(",\"name\":")
                .quoted(form.name());
        if (form.namespace() != null) {
            to.ascii(",\"namespace\":").quoted(form.namespace());
        }
        to.ascii("}");
    }

    static void reasoning(String id, String text, @Nullable String encrypted, ByteText to) {
        to.ascii("{\"id\":").quoted(id).ascii(",\"type\":\"reasoning\",\"summary\":[");
        if (!text.isEmpty()) {
            summary(text, to);
        }
        to.ascii("]");
        if (encrypted != null) {
            to.ascii(",\"encrypted_content\":").quoted(encrypted);
        }
        to.ascii("}");
    }

    static void summary(String text, ByteText to) {
        to.ascii("{\"type\":\"summary_text\",\"text\":").quoted(text).ascii("}");
    }
}
