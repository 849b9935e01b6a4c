package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.ByteText;
import dev.laneway.dialects.json.Json;
import dev.laneway.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response repeats of its request, byte by byte as it came, found without a tree of the body; the API's defaults for what was
 * unsaid. One answer, one thread.
 */
final class Echo {
    /** @param unsaid the API's default, as JSON */
    private record Field(String name, String unsaid) {}

    private static final List<Field> FIELDS = List.of(
            new Field("background", "false"),
            new Field("instructions", "null"),
            new Field("max_output_tokens", "null"),
            new Field("max_tool_calls", "null"),
            new Field("metadata", "{}"),
            new Field("parallel_tool_calls", "true"),
            new Field("previous_response_id", "null"),
            new Field("prompt_cache_key", "null"),
            new Field("prompt_cache_retention", "null"),
            new Field("reasoning", "{\"effort\":null,\"summary\":null}"),
            new Field("safety_identifier", "null"),
            new Field("service_tier", "\"default\""),
            new Field("store", "true"),
            new Field("temperature", "1.0"),
            new Field("text", "{\"format\":{\"type\":\"text\"}}"),
            new Field("tool_choice", "\"auto\""),
            new Field("tools", "[]"),
            new Field("top_logprobs", "0"),
            new Field("top_p", "1.0"),
            new Field("truncation", "\"disabled\""),
            new Field("user", "null"));

    private static final int STORE = place("store");
    private static final int PREVIOUS = place("previous_response_id");
    private static final int TOOLS = place("tools");

    /** Of a request that can't be read any more. */
    static final Echo NOTHING = new Echo(new byte[0]);

    private final byte[] body;
    private final int[] from = new int[FIELDS.size()];
    private final int[] to = new int[FIELDS.size()];
    private @Nullable ToolForms forms;

    private Echo(byte[] body) {
        this.body = body;
    }

    private static int place(String name) {
        for (var i = 0; i < FIELDS.size(); i++) {
            if (FIELDS.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }

    static Echo of(byte[] body) {
        var echo = new Echo(body);
        var at = new JsonCursor().reset(body, 0, body.length);
        if (at.enterObject()) {
            while (at.nextMember()) {
                echo.member(at);
            }
        }
        return at.lost() ? NOTHING : echo;
    }

    private void member(JsonCursor at) {
        var isNull = at.kind() == 'n';
        for (var i = 0; i < FIELDS.size(); i++) {
            if (at.keyIs(FIELDS.get(i).name())) {
                at.skipValue();
                from[i] = isNull ? 0 : at.valueStart();
                to[i] = isNull ? 0 : at.valueEnd();
                return;
            }
        }
        at.skipValue();
    }

    /** Writes the fields, each with a comma in front. */
    void write(ByteText out) {
        for (var i = 0; i < FIELDS.size(); i++) {
            out.ascii(",\"").ascii(FIELDS.get(i).name()).ascii("\":");
            field(i, out);
        }
    }

    private void field(int i, ByteText out) {
        if (to[i] == 0) {
            out.ascii(FIELDS.get(i).unsaid());
            return;
        }
        // in a stream a line break would end the frame's data; between JSON's tokens it means nothing
        var start = out.length();
        out.raw(body, from[i], to[i]);
        for (var at = from[i]; at < to[i]; at++) {
            if (body[at] == '\n' || body[at] == '\r') {
                out.space(start + at - from[i]);
            }
        }
    }

    /** The value of {@code store}, as JSON. */
    String store() {
        return text(STORE);
    }

    /** The value of {@code previous_response_id}, as JSON. */
    String previous() {
        return text(PREVIOUS);
    }

    private String text(int i) {
        return to[i] == 0 ? FIELDS.get(i).unsaid() : new String(body, from[i], to[i] - from[i], StandardCharsets.UTF_8);
    }

    ToolForms forms() {
        var known = forms;
        if (known == null) {
            known = to[TOOLS] == 0
                    ? ToolForms.PLAIN
                    : ToolForms.of(Json.tree(body, from[TOOLS], to[TOOLS] - from[TOOLS]));
            forms = known;
        }
        return known;
    }
}
