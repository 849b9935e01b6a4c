package dev.laneway.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of the tools that a request offers, as each dialect writes them. */
class OfferedToolsTest {
    private static final String HI = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OPENAI_CHAT | {HI} |",
                "OPENAI_CHAT | {HI,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},{\"type\":\"custom\",\"custom\":{\"name\":\"b\"}},{\"type\":\"web\"}]} | a b web",
                "OPENAI_CHAT | {HI,\"functions\":[{\"name\":\"a\"},{\"name\":\"b\"}]} | a b",
                "OPENAI_CHAT | {HI,\"web_search_options\":{}} | web_search",
                "OPENAI_CHAT | {HI,\"plugins\":[{\"id\":\"web\"},{}]} | web plugins",
                "ANTHROPIC_MESSAGES | {HI,\"max_tokens\":1,\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://x\",\"name\":\"x\"}]} | mcp",
                "ANTHROPIC_MESSAGES | {HI,\"max_tokens\":1,\"tools\":[{\"type\":\"web_search_20250305\"}]} | web_search_20250305",
                "OPENAI_RESPONSES | {\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"web_search\",\"name\":\"harmless\"}]} | web_search",
                "ANTHROPIC_MESSAGES | {HI,\"max_tokens\":1,\"tools\":[{\"name\":\"a\",\"input_schema\":{}},{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]} | a web_search",
                "OPENAI_RESPONSES | {\"model\":\"m\",\"input\":\"hi\",\"tools\":[{\"type\":\"function\",\"name\":\"a\",\"parameters\":{}},{\"type\":\"web_search\"},{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"b\"}]}]} | a b web_search",
                "OLLAMA_CHAT | {HI,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]} | a",
                "GEMINI | {\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"tools\":[{\"functionDeclarations\":[{\"name\":\"a\"},{\"name\":\"b\"}]},{\"google_search\":{}}]} | a b googleSearch",
            })
    void shouldBeNamed(Dialect dialect, String body, String names) {
        byte[] bytes = body.replace("HI", HI).getBytes(StandardCharsets.UTF_8);

        Inspection inspection = Dialects.caller(dialect).inspect(bytes, new Addressed("m", false));

        assertThat(inspection)
                .isInstanceOfSatisfying(
                        Inspection.Accepted.class,
                        accepted -> assertThat(accepted.request().tools())
                                .containsExactlyInAnyOrderElementsOf(
                                        names == null ? List.of() : List.of(names.split(" "))));
    }
}
