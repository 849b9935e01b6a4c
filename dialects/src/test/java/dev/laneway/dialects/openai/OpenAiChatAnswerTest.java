package dev.laneway.dialects.openai;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.AnswerPipe;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.neutral.ChatEvent;
import dev.laneway.dialects.neutral.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatAnswerTest {
    private static final String USAGE = "{'prompt_tokens':3,'completion_tokens':2,'total_tokens':5}";

    @Test
    void shouldLeaveOutTheUsageChunkThatNobodyAskedFor() {
        var pipe = stream("r", false);

        var out = text(pipe.feed(bytes("data: {'model':'v','choices':[],'usage':" + USAGE + "}\n\ndata: [DONE]\n\n")));

        assertThat(out).isEqualTo("data: [DONE]\n\n");
        assertThat(pipe.usage()).isEqualTo(TokenUsage.of(3, 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'v','choices':[{'index':0,'delta':{'content':'x'}}],'usage':{'prompt_tokens':3}} | {'model':'r','choices':[{'index':0,'delta':{'content':'x'}}],'usage':null}
                    {'usage':{'prompt_tokens':3},'choices':[{'index':0,'delta':{'content':'x'}}],'model':'v'} | {'usage':null,'choices':[{'index':0,'delta':{'content':'x'}}],'model':'r'}
                    {'model':'v','choices':[{'index':0,'delta':{'content':'x'}}],'usage':null}                | {'model':'r','choices':[{'index':0,'delta':{'content':'x'}}],'usage':null}
                    {'choices':[{'delta':{'content':'x','model':'v'}}],'x':{'model':'v'}}                     | {'choices':[{'delta':{'content':'x','model':'v'}}],'x':{'model':'v'}}
                    """)
    void shouldHideUsageAndModelWhereverTheyStand(String chunk, String expected) {
        var pipe = stream("r", false);

        var out = text(pipe.feed(bytes("data: " + chunk + "\n\n")));

        assertThat(out).isEqualTo("data: " + expected + "\n\n");
    }

    @Test
    void shouldPutAChunkOfSeveralLinesIntoOne() {
        var pipe = stream("r", false);

        var out =
                text(pipe.feed(bytes("data: {'model':'v',\ndata: 'choices':[{'delta':{'content':'x'}}],\ndata: 'usage':"
                        + USAGE + "}\n\n")));

        assertThat(out).isEqualTo("data: {'model':'r', 'choices':[{'delta':{'content':'x'}}], 'usage':null}\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[],'created':0,'id':'','model':'','object':'','prompt_filter_results':[{'prompt_index':0}]}",
                "{'id':'','object':'','created':0,'model':'','choices':[{'index':0,'finish_reason':null,'content_filter_results':{}}],'usage':null}",
                "{'object':'','choices':[{'index':0,'delta':{},'content_filter_offsets':{'check_offset':44}}]}"
            })
    void shouldLeaveOutAzuresChunksThatHoldNothingButWhatItsFilterFound(String chunk) {
        var pipe = stream("r", false);
        var token = "data: {'choices':[{'index':0,'delta':{'content':'x'}}]}\n\n";
        var finish = "data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n";

        var out = text(pipe.feed(bytes(("data: " + chunk + "\n\n") + token + ("data: " + chunk + "\n\n") + finish)));

        assertThat(out).isEqualTo(token + finish);
        assertThat(text(pipe.end())).isEqualTo("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'object':'','choices':[{'index':0,'delta':{'role':'assistant'}}]}",
                "{'object':'','choices':[{'index':0,'text':'x'}]}",
                "{'object':'','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}",
                "{'choices':[],'prompt_filter_results':[]}"
            })
    void shouldPassOnWhatSaysMoreOrIsNotCalledNothing(String chunk) {
        var pipe = stream("r", false);

        var out = text(pipe.feed(bytes("data: " + chunk + "\n\n")));

        assertThat(out).isEqualTo("data: " + chunk + "\n\n");
    }

    @Test
    void shouldPassCommentsOnOnlyAfterTheFirstToken() {
        var pipe = stream("", false);
        var token = "data: {'choices':[{'delta':{'content':'x'}}]}\n\n";

        var out = text(pipe.feed(bytes(": wait\n\n" + token + ": still here\n\n")));

        assertThat(out).isEqualTo(token + ": still here\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'content':'x'}",
                "{'reasoning_content':'x'}",
                "{'reasoning':'x'}",
                "{'refusal':'x'}",
                "{'tool_calls':[{'index':0}]}",
                "{'content':[{'type':'text','text':'x'}]}"
            })
    void shouldTakeItForAToken(String delta) {
        var pipe = stream("", false);

        pipe.feed(bytes("data: {'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}\n\n"));

        assertThat(pipe.tokenSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'role':'assistant','content':''}",
                "{'content':null,'reasoning_content':null}",
                "{'tool_calls':[]}",
                "{'role':'assistant'}"
            })
    void shouldNotTakeItForAToken(String delta) {
        var pipe = stream("", false);

        pipe.feed(bytes("data: {'choices':[{'index':0,'delta':" + delta + ",'finish_reason':null}]}\n\n"));

        assertThat(pipe.tokenSeen()).isFalse();
    }

    @Test
    void shouldTakeAFilteredAnswerForAFailureOfPolicy() {
        var pipe = stream("", false);

        pipe.feed(bytes("data: {'choices':[{'delta':{},'finish_reason':'content_filter'}]}\n\ndata: [DONE]\n\n"));
        pipe.end();

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.CONTENT_POLICY);
    }

    @Test
    void shouldTakeAVendorsGivingUpForAFailure() {
        var pipe = stream("", false);

        pipe.feed(bytes(
                "data: {'choices':[{'delta':{'content':'x'},'finish_reason':'insufficient_system_resource'}]}\n\n"));

        assertThat(pipe.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
    }

    @Test
    void shouldReadUsageAsVendorsVaryIt() {
        assertThat(usage("{'prompt_tokens':10,'completion_tokens':5,'prompt_cache_hit_tokens':4}"))
                .isEqualTo(new TokenUsage(10, 5, 4, 0, 0));
        assertThat(
                        usage(
                                "{'prompt_tokens':10,'completion_tokens':5,'total_tokens':35,"
                                        + "'completion_tokens_details':{'reasoning_tokens':20},'prompt_tokens_details':{'cached_tokens':3,'cache_write_tokens':2}}"))
                .isEqualTo(new TokenUsage(10, 25, 3, 2, 20));
        assertThat(usage("{'prompt_tokens':10,'completion_tokens':25,'total_tokens':35,'prompt_tokens_details':null,"
                        + "'completion_tokens_details':{'reasoning_tokens':20}}"))
                .isEqualTo(new TokenUsage(10, 25, 0, 0, 20));
    }

    private static TokenUsage usage(String json) {
        var pipe = stream("", true);
        pipe.feed(bytes("data: {'choices':[],'usage':" + json + "}\n\n"));
        var reader = new StreamReader();
        var events = reader.feed(bytes("data: {'choices':[],'usage':" + json + "}\n\n"));
        assertThat(events).containsExactly(new ChatEvent.UsageReported(pipe.usage()));
        return pipe.usage();
    }

    @Test
    void shouldNumberCallsThatVendorsDoNot() {
        var sameIndex = events(
                "{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{}'}}]}",
                "{'tool_calls':[{'index':0,'id':'b','function':{'name':'g','arguments':'{}'}}]}");
        var noIndex = events(
                "{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{}'}},{'id':'b','function':{'name':'g','arguments':'{}'}}]}");
        var objects = events(
                "{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':{}}},{'index':1,'id':'b','function':{'name':'g','arguments':{}}}]}");

        var expected = List.<ChatEvent>of(
                new ChatEvent.ToolCallStarted(0, 0, "a", "f"),
                new ChatEvent.ToolArgumentsDelta(0, 0, "{}"),
                new ChatEvent.ToolCallStarted(0, 1, "b", "g"),
                new ChatEvent.ToolArgumentsDelta(0, 1, "{}"));
        assertThat(sameIndex).isEqualTo(expected);
        assertThat(noIndex).isEqualTo(expected);
        assertThat(objects).isEqualTo(expected);
    }

    @Test
    void shouldGiveACallAnIdThatHasNone() {
        var events = events("{'tool_calls':[{'index':0,'function':{'name':'f','arguments':''}}]}");

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        ChatEvent.ToolCallStarted.class,
                        call -> assertThat(call.id()).startsWith("call_"));
    }

    @Test
    void shouldReadMistralsThinkingParts() {
        var events = events(
                "{'content':[{'type':'thinking','thinking':[{'type':'text','text':'hm'}]},{'type':'text','text':'hi'}]}");

        assertThat(events).containsExactly(new ChatEvent.ReasoningDelta(0, "hm"), new ChatEvent.TextDelta(0, "hi"));
    }

    @Test
    void shouldCallItToolCallsWhereAVendorSaysStop() {
        var reader = new StreamReader();

        reader.feed(
                bytes(
                        "data: {'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','function':{'name':'f'}}]}}]}\n\n"));
        var events = reader.feed(bytes("data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n"));

        assertThat(events).containsExactly(new ChatEvent.Finished(0, FinishReason.TOOL_CALLS, null));
    }

    private static List<ChatEvent> events(String... deltas) {
        var text = new StringBuilder();
        for (var delta : deltas) {
            text.append("data: {'id':'x','choices':[{'index':0,'delta':")
                    .append(delta)
                    .append("}]}\n\n");
        }
        var events = new StreamReader().feed(bytes(text.toString()));
        return events.subList(1, events.size());
    }

    private static AnswerPipe stream(String model, boolean includeUsage) {
        return new OpenAiChatOutbound().passThroughAnswer(new RenderContext("r1", model, 1, true, includeUsage));
    }
}
