package dev.laneway.dialects.bedrock;

import static dev.laneway.dialects.TestTargets.bytes;
import static dev.laneway.dialects.TestTargets.of;
import static dev.laneway.dialects.TestTargets.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Dialect;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.continuing.Continuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockEmbeddingsTest {
    private static final String TITAN = "amazon.titan-embed-text-v2:0";
    private static final String COHERE = "cohere.embed-english-v3";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    amazon.titan-embed-text-v2:0 | {'model':'e','input':'a','dimensions':256} | {'inputText':'a','dimensions':256}
                    amazon.titan-embed-text-v1   | {'model':'e','input':['a']}                | {'inputText':'a'}
                    cohere.embed-english-v3      | {'model':'e','input':['a','b']}            | {'texts':['a','b'],'input_type':'search_document','truncate':'NONE'}
                    us.cohere.embed-v4:0         | {'model':'e','input':'a','dimensions':512,'input_type':'search_query'} | {'texts':['a'],'input_type':'search_query','truncate':'NONE','output_dimension':512}
                    """)
    void shouldAskEachMakeInItsWords(String model, String body, String asked) {
        var ready = (Exchange.Ready) open(model, body);

        assertThat(text(ready.call().body())).isEqualTo(asked);
        assertThat(ready.call().url()).endsWith("/model/" + model.replace(":", "%3A") + "/invoke");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    amazon.titan-embed-text-v2:0 | {'model':'e','input':['a','b']}          | one input a request
                    amazon.titan-embed-text-v1   | {'model':'e','input':'a','dimensions':8} | dimensions can't be set
                    cohere.embed-english-v3      | {'model':'e','input':[1,2]}              | texts, not tokens
                    amazon.nova-pro-v1:0         | {'model':'e','input':'a'}                | makes no embeddings
                    """)
    void shouldRefuseWhatAMakeCannotDo(String model, String body, String why) {
        var refused = (Exchange.Refused) open(model, body);

        assertThat(refused.failure().message()).contains(why);
    }

    @Test
    void shouldReadTitansAnswer() {
        var ready = (Exchange.Ready) open(TITAN, "{'model':'e','input':'a'}");

        ready.answer()
                .feed(bytes("{'embedding':[0.5,1],'inputTextTokenCount':3,'embeddingsByType':{'float':[0.5,1]}}"));

        assertThat(text(ready.answer().end()))
                .contains("'embedding':[0.5,1]")
                .contains("'prompt_tokens':3")
                .contains("'model':'e'");
    }

    @Test
    void shouldReadCoheresAnswer() {
        var ready = (Exchange.Ready) open(COHERE, "{'model':'e','input':['a','b']}");

        ready.answer()
                .feed(
                        bytes(
                                "{'id':'x','response_type':'embeddings_floats','embeddings':[[0.5,1],[2,3]],'texts':['a','b']}"));

        assertThat(text(ready.answer().end())).contains("'embedding':[0.5,1]").contains("'embedding':[2,3]");
    }

    private static Exchange open(String model, String body) {
        return Exchange.open(
                Dialects.caller(Dialect.OPENAI_EMBEDDINGS),
                bytes(body),
                of("bedrock", model, false),
                new RenderContext("r", "e", 1, false, false),
                Continuation.NONE);
    }
}
