package dev.laneway.testkit.answers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaInstanceTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldFillWhatIsRequiredAndNothingElse() throws Exception {
        JsonNode made = make("""
                {"type": "object", "required": ["city", "days"], "properties": {
                  "city": {"type": "string"}, "days": {"type": "integer"}, "unit": {"type": "string"}}}
                """);

        assertThat(made.properties()).extracting(Map.Entry::getKey).containsExactly("city", "days");
        assertThat(made.get("city").isTextual()).isTrue();
        assertThat(made.get("days").isIntegralNumber()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"enum\":[\"a\",\"b\"]} | \"a\"",
                "{\"const\":5} | 5",
                "{\"type\":[\"null\",\"string\"]} | null",
                "{\"anyOf\":[{\"type\":\"boolean\"},{\"type\":\"string\"}]} | true",
                "{\"type\":\"integer\",\"minimum\":900} | 900",
                "{\"type\":\"integer\",\"maximum\":-3} | -3",
                "{\"type\":\"integer\",\"exclusiveMinimum\":900} | 901",
                "{\"type\":\"number\",\"minimum\":0.5,\"maximum\":0.5} | 0.5",
                "{\"type\":\"integer\",\"minimum\":11,\"multipleOf\":10,\"maximum\":11} | 20",
                "{\"type\":\"array\",\"items\":{\"const\":1},\"minItems\":3} | [1,1,1]",
                "{\"type\":\"array\",\"items\":{\"const\":1},\"minItems\":0} | []",
                "{\"type\":\"string\",\"format\":\"date\"} | \"2026-01-02\"",
                "{\"allOf\":[{\"required\":[\"a\"],\"properties\":{\"a\":{\"const\":1}}}]} | {\"a\":1}",
                "{\"$defs\":{\"x\":{\"const\":2}},\"$ref\":\"#/$defs/x\"} | 2",
            })
    void shouldObeyEachKeyword(String schema, String instance) throws Exception {
        assertThat(make(schema)).isEqualTo(json.readTree(instance));
    }

    @Test
    void shouldObeyLengths() throws Exception {
        assertThat(make("{\"type\":\"string\",\"minLength\":50}").asText()).hasSize(50);
        assertThat(make("{\"type\":\"string\",\"maxLength\":2}").asText()).hasSize(2);
    }

    @Test
    void shouldEndASchemaThatRefersToItself() throws Exception {
        JsonNode made =
                make("{\"type\":\"object\",\"required\":[\"next\"],\"properties\":{\"next\":{\"$ref\":\"#\"}}}");

        assertThat(made.toString()).contains("null").hasSizeLessThan(1000);
    }

    private JsonNode make(String schema) throws Exception {
        return json.readTree(SchemaInstance.of(json.readTree(schema), 5).toString());
    }
}
