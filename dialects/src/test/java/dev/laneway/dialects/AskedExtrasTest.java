package dev.laneway.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.AskedExtras;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a request a vendor may bill beside its text, in each dialect's words. */
class AskedExtrasTest {
    private static final String CHAT = "{'model':'m','messages':[{'role':'user','content':%s}]%s}";
    private static final String MESSAGES = "{'model':'m','max_tokens':9,'messages':[{'role':'user','content':%s}]%s}";
    private static final String RESPONSES = "{'model':'m','input':%s%s}";

    @Test
    void shouldCountMediaOfAChat() {
        String parts = "[{'type':'image_url','image_url':{'url':'https://a.example'}},"
                + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}},"
                + "{'type':'file','file':{'file_data':'data:application/pdf;base64,AAAA'}},"
                + "{'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}},"
                + "{'type':'video_url','video_url':{'url':'https://a.example'}}]";

        AskedExtras asked = extras(Dialect.OPENAI_CHAT, CHAT.formatted(parts, ",'service_tier':'flex'"));

        assertThat(asked).isEqualTo(new AskedExtras(2, 2, 2, Map.of(), 1, ServiceTier.FLEX));
    }

    @Test
    void shouldHaveNothingOfAPlainChat() {
        String functions = ",'tools':[{'type':'function','function':{'name':'f'}}],'service_tier':'auto'";

        assertThat(extras(Dialect.OPENAI_CHAT, CHAT.formatted("'hi'", functions)))
                .isEqualTo(AskedExtras.NONE);
    }

    @Test
    void shouldNotKnowThePriceOfASearchInSeveralSteps() {
        String options = ",'web_search_options':{'search_type':'pro'}";

        assertThat(extras(Dialect.OPENAI_CHAT, CHAT.formatted("'hi'", options)).tools())
                .containsOnlyKeys(HostedTool.OTHER);
    }

    @ParameterizedTest
    @CsvSource({"medium, MEDIUM_SEARCH", "high, LARGE_SEARCH"})
    void shouldTellHowLargeASearchIsToBe(String size, HostedTool tool) {
        String options = ",'web_search_options':{'search_context_size':'" + size + "'}";

        assertThat(extras(Dialect.OPENAI_CHAT, CHAT.formatted("'hi'", options)).tools())
                .containsExactly(Map.entry(tool, 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'web_search'} | 4 | WEB_SEARCH | 4 | 5",
                "{'type':'web_search'} | 0 | WEB_SEARCH | 0 | 0",
                "{'type':'web_search_preview_2025_03_11'} | 2 | WEB_SEARCH_PREVIEW | 2 | 3",
                "{'type':'file_search'} | 1 | FILE_SEARCH | 1 | 2",
                "{'type':'code_interpreter','container':{'type':'auto'}} | 3 | CODE | 1 | 4",
                "{'type':'code_interpreter','container':{'type':'auto','memory_limit':'64g'}} | 3 | OTHER | 1 | 4",
                "{'type':'image_generation'} | 3 | IMAGE | 3 | 4",
                "{'type':'mcp','server_label':'a'} | 3 | CONTENT | 3 | 4",
                "{'type':'of_tomorrow'} | 3 | OTHER | 3 | 4",
            })
    void shouldCountToolsOfTheResponsesApi(String tool, int calls, HostedTool kind, long most, long rounds) {
        String limit = calls == 0 ? "" : ",'max_tool_calls':" + calls;

        AskedExtras asked =
                extras(Dialect.OPENAI_RESPONSES, RESPONSES.formatted("'hi'", ",'tools':[" + tool + "]" + limit));

        assertThat(asked.tools()).containsExactly(Map.entry(kind, most));
        assertThat(asked.rounds()).isEqualTo(rounds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type':'web_search_20250305','name':'web_search','max_uses':3} | WEB_SEARCH | 3 | 11",
                "{'type':'web_search_20250305','name':'web_search'} | WEB_SEARCH | 0 | 11",
                "{'type':'web_fetch_20250910','name':'web_fetch','max_uses':2} | CONTENT | 2 | 11",
                "{'type':'web_fetch_20250910','name':'web_fetch'} | CONTENT | 0 | 11",
                "{'type':'code_execution_20250825','name':'code_execution'} | CODE | 0 | 11",
                "{'type':'advisor_20260301','name':'advisor'} | OTHER | 0 | 11",
            })
    void shouldCountToolsOfAnthropic(String tool, HostedTool kind, long most, long rounds) {
        AskedExtras asked = extras(Dialect.ANTHROPIC_MESSAGES, MESSAGES.formatted("'hi'", ",'tools':[" + tool + "]"));

        assertThat(asked.tools()).containsExactly(Map.entry(kind, most));
        assertThat(asked.rounds()).isEqualTo(rounds);
    }

    @Test
    void shouldPassOverToolsThatAClientRuns() {
        String tools = ",'tools':[{'type':'bash_20250124','name':'bash'},{'name':'f','input_schema':{}},"
                + "{'type':'tool_search_tool_regex_20251119','name':'s'}]";

        assertThat(extras(Dialect.ANTHROPIC_MESSAGES, MESSAGES.formatted("'hi'", tools)))
                .isEqualTo(AskedExtras.NONE);
    }

    @Test
    void shouldCountWhatItsVendorAddsForATool() {
        String plain = MESSAGES.formatted("'hi'", ",'tools':[{'type':'memory_20250818','name':'memory'}]");
        String bash = MESSAGES.formatted("'hi'", ",'tools':[{'type':'bash_20250124','name':'bash_of'}]");

        assertThat(estimate(bash) - estimate(plain)).isBetween(80L, 83L);
    }

    @Test
    void shouldTakeCodeBesideASearchForFree() {
        String tools = ",'tools':[{'type':'web_search_20260209','name':'web_search','max_uses':1},"
                + "{'type':'code_execution_20260120','name':'code_execution'}]";

        assertThat(extras(Dialect.ANTHROPIC_MESSAGES, MESSAGES.formatted("'hi'", tools))
                        .tools())
                .containsOnlyKeys(HostedTool.WEB_SEARCH, HostedTool.CONTENT);
    }

    @Test
    void shouldCountMediaOfAMessage() {
        String blocks = "[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}},"
                + "{'type':'document','source':{'type':'url','url':'https://a.example'}}]";

        assertThat(extras(Dialect.ANTHROPIC_MESSAGES, MESSAGES.formatted(blocks, ",'speed':'fast'")))
                .isEqualTo(new AskedExtras(1, 1, 0, Map.of(), 1, ServiceTier.PRIORITY));
    }

    @Test
    void shouldTakeAPromptThatGoogleHasForOneOfAnyKindAndLength() {
        byte[] body = "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"cachedContent\":\"cachedContents/1\"}"
                .getBytes(StandardCharsets.UTF_8);

        Inspection inspected = Dialects.caller(Dialect.GEMINI).inspect(body, new Addressed("m", false));

        assertThat(((Inspection.Accepted) inspected).request().extras())
                .isEqualTo(new AskedExtras(0, 0, 1, Map.of(), 1, null));
    }

    private static long estimate(String json) {
        return asked(Dialect.ANTHROPIC_MESSAGES, json).estimatedInputTokens();
    }

    private static AskedExtras extras(Dialect dialect, String json) {
        return asked(dialect, json).extras();
    }

    private static Inspected asked(Dialect dialect, String json) {
        byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return ((Inspection.Accepted) Dialects.caller(dialect).inspect(body)).request();
    }
}
