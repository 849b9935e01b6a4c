package dev.laneway.dialects.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    @Test
    void shouldFindMembersByPosition() {
        var json = " { \"a\" : [1,{\"model\":\"x\"}] ,\n\"m\\u006fdel\":\"y\\\"}\", \"n\":12,\"e\":{},\"s\":\"\"}";
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var cursor = new JsonCursor().reset(bytes, 0, bytes.length);
        var values = new ArrayList<String>();

        cursor.enterObject();
        while (cursor.nextMember()) {
            var isModel = cursor.keyIs("model");
            cursor.skipValue();
            values.add((isModel ? "model=" : "") + json.substring(cursor.valueStart(), cursor.valueEnd()));
        }

        assertThat(cursor.lost()).isFalse();
        assertThat(values).containsExactly("[1,{\"model\":\"x\"}]", "model=\"y\\\"}\"", "12", "{}", "\"\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":\"x",
                "{\"a\":[1,",
                "{a:1}",
                "{\"a\" 1}",
                "{\"a\":}"
            })
    void shouldSayWhenItIsLost(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        var cursor = new JsonCursor().reset(bytes, 0, bytes.length);

        cursor.enterObject();
        while (cursor.nextMember()) {
            cursor.skipValue();
        }

        assertThat(cursor.lost()).isTrue();
    }

    @Test
    void shouldNeverLeaveTheBytesWhateverTheyAre() {
        var random = new Random(3);
        var alphabet = "{}[]\",:\\ 1atn".getBytes(StandardCharsets.UTF_8);
        for (var round = 0; round < 50_000; round++) {
            var bytes = new byte[random.nextInt(24)];
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = alphabet[random.nextInt(alphabet.length)];
            }
            var cursor = new JsonCursor().reset(bytes, 0, bytes.length);

            walk(cursor);

            assertThat(cursor.position()).isBetween(0, bytes.length);
        }
    }

    private static void walk(JsonCursor cursor) {
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                if (cursor.kind() == '"') {
                    cursor.takeString();
                } else {
                    walk(cursor);
                }
            }
        } else if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                walk(cursor);
            }
        } else {
            cursor.skipValue();
        }
    }
}
