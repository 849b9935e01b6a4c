package dev.laneway.provider.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.dialects.UpstreamCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DroppedFieldsTest {
    private static UpstreamCall call(String body) {
        return new UpstreamCall("http://x/", Map.of(), body.getBytes(StandardCharsets.UTF_8), List.of("before"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\":1,\"b\":{\"a\":[2]},\"c\":\"x,}\"}|{\"b\":{\"a\":[2]},\"c\":\"x,}\"}",
                "{ \"b\" : 1 , \"a\" : [1, {}] , \"c\" : null }|{\"b\" : 1,\"c\" : null }",
                "{\"b\":1,\"a\":true}|{\"b\":1}",
                "{\"a\":1}|{}",
                "{\"a\":1,\"d\":2}|{}",
            })
    void shouldNotSendThem(String body, String left) {
        UpstreamCall smaller = DroppedFields.without(call(body), Set.of("a", "d"));

        assertThat(new String(smaller.body(), StandardCharsets.UTF_8)).isEqualTo(left);
        assertThat(smaller.notes()).startsWith("before", "dropped a: the deployment is not sent it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {"{\"b\":{\"a\":1}}", "[1]", "{\"a\"", "{}"})
    void shouldLeaveWhatHasNoneOfThem(String body) {
        UpstreamCall before = call(body);

        UpstreamCall after = DroppedFields.without(before, Set.of("a"));

        assertThat(after).isSameAs(before);
    }

    @Test
    void shouldLeaveAllWhereNothingIsDropped() {
        UpstreamCall before = call("{\"a\":1}");

        UpstreamCall after = DroppedFields.without(before, Set.of());

        assertThat(after).isSameAs(before);
    }
}
