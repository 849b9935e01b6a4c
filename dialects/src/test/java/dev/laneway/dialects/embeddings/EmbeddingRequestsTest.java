package dev.laneway.dialects.embeddings;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.ClientError;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.Target;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.UpstreamCall;
import dev.laneway.dialects.continuing.Continuation;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request for embeddings on its way in and out. */
class EmbeddingRequestsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'model':'m','input':'a'}                                                              | 1 | 6
                    {'model':'m','input':['a','b'],'encoding_format':'base64','dimensions':8,'user':null}  | 2 | 21
                    {'model':'m','input':[1,2,3]}                                                          | 1 | 3
                    {'model':'m','input':[[1,2],[3]],'unheard_of':{}}                                      | 2 | 3
                    """)
    void shouldAcceptWhatOpenAiDoes(String body, int inputs, int tokens) {
        var request = accepted(Dialect.OPENAI_EMBEDDINGS, body);

        assertThat(request.messageCount()).isEqualTo(inputs);
        assertThat(request.estimatedInputTokens()).isEqualTo(tokens);
        assertThat(request.model()).isEqualTo("m");
        assertThat(request.stream()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'input':'a'}                                     | model
                    {'model':'m'}                                     | input
                    {'model':'m','input':null}                        | input
                    {'model':'m','input':''}                          | input
                    {'model':'m','input':[]}                          | input
                    {'model':'m','input':['a','']}                    | input[1]
                    {'model':'m','input':['a',1]}                     | input[1]
                    {'model':'m','input':[1,'a']}                     | input[1]
                    {'model':'m','input':[[]]}                        | input[0]
                    {'model':'m','input':{}}                          | input
                    {'model':'m','input':'a','encoding_format':'int8'} | encoding_format
                    {'model':'m','input':'a','dimensions':0}          | dimensions
                    """)
    void shouldRefuseWhatOpenAiDoes(String body, String param) {
        assertThat(refused(Dialect.OPENAI_EMBEDDINGS, body).param()).isEqualTo(param);
    }

    @Test
    void shouldTake2048InputsAndNotOneMore() {
        var most = "{'model':'m','input':[" + "'a',".repeat(2_047) + "'a'";

        assertThat(accepted(Dialect.OPENAI_EMBEDDINGS, most + "]}").messageCount())
                .isEqualTo(2_048);
        assertThat(refused(Dialect.OPENAI_EMBEDDINGS, most + ",'a']}").param()).isEqualTo("input[2048]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m','input':'a','truncate':false,'keep_alive':'5m','options':{}}",
                "{'model':'m','input':['a','b'],'dimensions':64}",
                "{'model':'m','prompt':'a'}"
            })
    void shouldAcceptBothFormsOfOllama(String body) {
        assertThat(accepted(Dialect.OLLAMA_EMBED, body).model()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'model':'m'}",
                "{'model':'m','input':[]}",
                "{'model':'m','prompt':''}",
                "{'model':'m','prompt':['a']}",
                "{'input':'a'}",
                "{'model':'m','input':'a','prompt':'b'}",
                "[]"
            })
    void shouldRefuseInOllamasWords(String body) {
        var error = refused(Dialect.OLLAMA_EMBED, body);

        assertThat(text(Dialects.caller(Dialect.OLLAMA_EMBED).errorBody(error)))
                .isEqualTo("{'error':'" + error.message() + "'}");
    }

    @Test
    void shouldChangeNothingButTheModelForOpenAi() {
        var call = call(
                Dialect.OPENAI_EMBEDDINGS,
                "{ 'input' : [ 'a' ] , 'model':'r','encoding_format':'base64', 'odd':1 }",
                TestTargets.of("openai", "m3", false));

        assertThat(text(call.body()))
                .isEqualTo("{ 'input' : [ 'a' ] , 'model':'m3','encoding_format':'base64', 'odd':1 }");
        assertThat(call.url()).isEqualTo("https://api.openai.com/v1/embeddings");
        assertThat(call.notes()).isEmpty();
    }

    @Test
    void shouldNotAskForBase64WhereItMayNotBeKnown() {
        var call = call(
                Dialect.OPENAI_EMBEDDINGS,
                "{'model':'r','input':'a','encoding_format':'base64','user':'u'}",
                TestTargets.of("mistral", "m", false));

        assertThat(text(call.body())).isEqualTo("{'model':'m','input':'a'}");
        assertThat(call.notes()).containsExactly("dropped user: the vendor does not take it");
    }

    @Test
    void shouldDropWhatTheOperatorSays() {
        var target = TestTargets.of("openai", "m", false, new Target.Policy(5, Set.of("dimensions")));

        var call = call(Dialect.OPENAI_EMBEDDINGS, "{'model':'r','dimensions':3,'input':'a'}", target);

        assertThat(text(call.body())).isEqualTo("{'model':'m','input':'a'}");
    }

    @Test
    void shouldAskOllamaAtItsRootAndNotToCut() {
        var call = call(
                Dialect.OPENAI_EMBEDDINGS,
                "{'model':'r','input':'a','dimensions':64,'user':'u'}",
                TestTargets.of("ollama", "nomic", false));

        assertThat(call.url()).isEqualTo("http://localhost:11434/api/embed");
        assertThat(text(call.body())).isEqualTo("{'model':'nomic','input':['a'],'truncate':false,'dimensions':64}");
    }

    @Test
    void shouldPassBothFormsOnToOllama() {
        var present = call(
                Dialect.OLLAMA_EMBED,
                "{'model':'r','input':'a','keep_alive':-1}",
                TestTargets.of("ollama", "nomic", false));
        var former = call(Dialect.OLLAMA_EMBED, "{'model':'r','prompt':'a'}", TestTargets.of("ollama", "nomic", false));

        assertThat(text(present.body())).isEqualTo("{'model':'nomic','input':'a','keep_alive':-1}");
        assertThat(present.url()).endsWith(":11434/api/embed");
        assertThat(text(former.body())).isEqualTo("{'model':'nomic','prompt':'a'}");
        assertThat(former.url()).endsWith(":11434/api/embeddings");
    }

    @Test
    void shouldTellCohereWhatVectorsAreFor() {
        var call = call(
                Dialect.OPENAI_EMBEDDINGS,
                "{'model':'r','input':['a'],'dimensions':512,'input_type':'query'}",
                TestTargets.of("cohere", "embed-v4.0", false));

        assertThat(call.url()).isEqualTo("https://api.cohere.ai/v2/embed");
        assertThat(text(call.body()))
                .isEqualTo("{'model':'embed-v4.0','texts':['a'],'input_type':'search_query',"
                        + "'embedding_types':['float'],'truncate':'NONE','output_dimension':512}");
        assertThat(call.notes()).isEmpty();
    }

    @Test
    void shouldAskGeminiForEachInputApart() {
        var call = call(
                Dialect.OPENAI_EMBEDDINGS,
                "{'model':'r','input':['a','b'],'dimensions':512,'input_type':'search_document'}",
                GeminiTargets.of("gemini-embedding-001"));

        var each = "{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'%s'}]},"
                + "'taskType':'RETRIEVAL_DOCUMENT','outputDimensionality':512}";
        assertThat(call.url())
                .isEqualTo("https://generativelanguage.googleapis.com/v1beta/models/gemini-embedding-001"
                        + ":batchEmbedContents");
        assertThat(text(call.body()))
                .isEqualTo("{'requests':[" + each.formatted("a") + "," + each.formatted("b") + "]}");
    }

    @ParameterizedTest
    @CsvSource({"ollama", "cohere"})
    void shouldNotTranslateTokensOfAnotherModel(String provider) {
        var exchange =
                open(Dialect.OPENAI_EMBEDDINGS, "{'model':'r','input':[1,2]}", TestTargets.of(provider, "m", false));

        assertThat(exchange).isInstanceOf(Exchange.Refused.class);
    }

    @Test
    void shouldAskOpenAiForOllamasCallers() {
        var call = call(
                Dialect.OLLAMA_EMBED,
                "{'model':'r','prompt':'a','keep_alive':'5m'}",
                TestTargets.of("openai", "m3", false));

        assertThat(text(call.body())).isEqualTo("{'model':'m3','input':['a']}");
        assertThat(call.notes()).containsExactly("dropped keep_alive: OpenAI's embeddings have no such field");
    }

    private static UpstreamCall call(Dialect caller, String body, Target target) {
        return ((Exchange.Ready) open(caller, body, target)).call();
    }

    private static Exchange open(Dialect caller, String body, Target target) {
        return Exchange.open(
                Dialects.caller(caller),
                bytes(body),
                target,
                new RenderContext("r1", "r", 1, false, false),
                Continuation.NONE);
    }

    private static Inspected accepted(Dialect caller, String body) {
        return ((Inspection.Accepted) Dialects.caller(caller).inspect(bytes(body))).request();
    }

    private static ClientError refused(Dialect caller, String body) {
        return ((Inspection.Refused) Dialects.caller(caller).inspect(bytes(body))).error();
    }
}
