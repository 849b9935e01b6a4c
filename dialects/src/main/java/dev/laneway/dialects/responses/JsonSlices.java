package dev.laneway.dialects.responses;

import dev.laneway.dialects.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pieces of a JSON document as they are, byte by byte. */
final class JsonSlices {
    private JsonSlices() {}

    /** The value of a member of an object; null where there is none, or a null. */
    static byte @Nullable [] member(byte[] object, String name) {
        var at = new JsonCursor().reset(object, 0, object.length);
        if (!at.enterObject()) {
            return null;
        }
        while (at.nextMember()) {
            var wanted = at.keyIs(name);
            var isNull = at.kind() == 'n';
            at.skipValue();
            if (wanted) {
                return isNull ? null : Arrays.copyOfRange(object, at.valueStart(), at.valueEnd());
            }
        }
        return null;
    }

    /** The text of a member of an object; null where it is none. */
    static @Nullable String text(byte[] object, String name) {
        var at = new JsonCursor().reset(object, 0, object.length);
        if (!at.enterObject()) {
            return null;
        }
        while (at.nextMember()) {
            if (at.keyIs(name)) {
                return at.takeString();
            }
            at.skipValue();
        }
        return null;
    }

    /** The elements of an array; none of anything else. */
    static List<byte[]> elements(byte @Nullable [] array) {
        var elements = new ArrayList<byte[]>();
        if (array == null) {
            return elements;
        }
        var at = new JsonCursor().reset(array, 0, array.length);
        if (at.enterArray()) {
            while (at.nextElement()) {
                at.skipValue();
                elements.add(Arrays.copyOfRange(array, at.valueStart(), at.valueEnd()));
            }
        }
        return elements;
    }

    /** The items of an {@code input}: a text is a message of the user's. */
    static List<byte[]> input(byte @Nullable [] input) {
        if (input == null || input[0] != '"') {
            return elements(input);
        }
        var text = new String(input, StandardCharsets.UTF_8);
        var message = "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":" + text
                + "}]}";
        return List.of(message.getBytes(StandardCharsets.UTF_8));
    }
}
