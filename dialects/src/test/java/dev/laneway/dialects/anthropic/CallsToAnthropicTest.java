package dev.laneway.dialects.anthropic;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.call;
import static dev.laneway.dialects.TestTargets.of;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Parsed;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.UpstreamPlan;
import dev.laneway.dialects.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools and calls of Chat Completions for Anthropic, which is stricter about them. */
class CallsToAnthropicTest {
    private static final String USER = "{'role':'user','content':'hi'}";
    private static final String FUNCTION = "{'type':'function','function':{'name':'f'}}";

    @Test
    void shouldTellCallsOfOneNameApartThatHaveNoIds() {
        var turn =
                ",{'role':'assistant','content':null,'function_call':{'name':'f','arguments':'{}'}},{'role':'function','name':'f','content':'r'}";

        assertThat(ids(USER + turn + turn)).containsExactly("call_f", "call_f", "call_f_2", "call_f_2");
    }

    @Test
    void shouldTellCallsApartWhoseIdsAreUsedAgain() {
        var turn = ",{'role':'assistant','tool_calls':[" + toolCall("x_2") + toolCall(",", "x") + toolCall(",", "x")
                + "]}," + result("x") + "," + result("x_2") + "," + result("x");

        assertThat(ids(USER + turn + turn))
                .containsExactly("x_2", "x", "x_3", "x", "x_2", "x_3", "x_2_2", "x_4", "x_5", "x_4", "x_2_2", "x_5");
    }

    @Test
    void shouldTellIdsApartThatLookTheSameToAnthropic() {
        var turn = ",{'role':'assistant','tool_calls':[" + toolCall("a.b") + toolCall(",", "a:b") + "]},"
                + result("a:b") + "," + result("a.b");

        assertThat(ids(USER + turn)).containsExactly("a_b", "a_b_2", "a_b_2", "a_b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-sonnet-4-5", "claude-opus-4-6", "claude-opus-4-7", "claude-sonnet-5"})
    void shouldNotThinkWhereAToolIsForced(String model) {
        var call = sent(
                "'reasoning_effort':'high','tool_choice':'required','tools':[" + FUNCTION + "],'messages':[" + USER
                        + "]",
                model);

        assertThat(Json.tree(call.body()).has("thinking")).isFalse();
        assertThat(call.notes()).contains("dropped reasoning: it does not go with a forced tool");
    }

    @Test
    void shouldShowTheThinkingAsTheClientWishes() {
        var call = sent(
                "'thinking':{'type':'adaptive','display':'summarized'},'messages':[" + USER + "]", "claude-opus-4-7");

        assertThat(Json.tree(call.body()).path("thinking"))
                .isEqualTo(Json.tree(bytes("{'type':'adaptive','display':'summarized'}")));
    }

    @Test
    void shouldNoteNamesThatAHeaderCanHold() {
        var call =
                sent("'a\\r\\nb: \u6771':1,'" + "x".repeat(100) + "':1,'messages':[" + USER + "]", "claude-sonnet-4-5");

        assertThat(call.notes())
                .containsExactly(
                        "dropped a??b: ?: Anthropic Messages has no such field",
                        "dropped " + "x".repeat(64) + ": Anthropic Messages has no such field");
    }

    @Test
    void shouldLeaveACustomToolOutWhereAnotherIsNamed() {
        var call = sent(
                "'tools':[{'type':'custom','custom':{'name':'c'}}," + FUNCTION
                        + "],'tool_choice':{'type':'function','function':{'name':'f'}},'messages':[" + USER + "]",
                "claude-sonnet-4-5");

        assertThat(Json.tree(call.body()).path("tools")).hasSize(1);
        assertThat(call.notes()).contains("dropped tool custom: the vendor has no such kind");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'tools':[{'type':'custom','custom':{'name':'c'}},{'type':'custom','custom':{'name':'d'}}],",
                "'tools':[{'type':'custom','custom':{'name':'c'}},{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'custom','custom':{'name':'c'}},"
            })
    void shouldRefuseToDoWithoutTheToolsThatMatter(String tools) {
        assertThat(plan(tools + "'messages':[" + USER + "]", "claude-sonnet-4-5"))
                .isInstanceOf(UpstreamPlan.Refused.class);
    }

    private static String toolCall(String id) {
        return toolCall("", id);
    }

    private static String toolCall(String separator, String id) {
        return separator + "{'id':'" + id + "','type':'function','function':{'name':'f','arguments':'{}'}}";
    }

    private static String result(String id) {
        return "{'role':'tool','tool_call_id':'" + id + "','content':'r'}";
    }

    /** Of calls and results, in order. */
    private static List<String> ids(String messages) {
        var ids = new ArrayList<String>();
        JsonNode root = Objects.requireNonNull(Json.tree(
                sent("'messages':[" + messages + "]", "claude-sonnet-4-5").body()));
        for (var turn : root.path("messages")) {
            for (var block : turn.path("content")) {
                if (block.has("id") || block.has("tool_use_id")) {
                    ids.add(block.path("id").asText(block.path("tool_use_id").asText()));
                }
            }
        }
        return ids;
    }

    private static UpstreamCall sent(String fields, String model) {
        return call(plan(fields, model));
    }

    private static UpstreamPlan plan(String fields, String model) {
        var parsed =
                (Parsed.Request) Dialects.inbound(Dialect.OPENAI_CHAT).parse(bytes("{'model':'m'," + fields + "}"));
        return Dialects.outbound(Dialect.ANTHROPIC_MESSAGES).call(parsed.request(), of("anthropic", model, false));
    }
}
