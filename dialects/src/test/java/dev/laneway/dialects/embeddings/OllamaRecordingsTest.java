package dev.laneway.dialects.embeddings;

import static dev.laneway.dialects.TestTargets.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.dialects.Dialects;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import dev.laneway.dialects.RenderContext;
import dev.laneway.dialects.TestTargets;
import dev.laneway.dialects.continuing.Continuation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a real Ollama 0.32 said, request and answer. */
class OllamaRecordingsTest {
    private record Recording(String request, String answer) {}

    @Test
    void shouldPassOnWhatOllamaSays() {
        var recording = recording("embed.http");
        var ready = open(Dialect.OLLAMA_EMBED, recording.request);

        ready.answer().feed(recording.answer.getBytes(StandardCharsets.UTF_8));
        var told = new String(ready.answer().end(), StandardCharsets.UTF_8);

        assertThat(told).isEqualTo(recording.answer.replace("\"model\":\"tiny-embed\"", "\"model\":\"r\""));
        assertThat(ready.answer().usage()).isNotNull().isNotEqualTo(TokenUsage.NONE);
    }

    @Test
    void shouldPassOnTheFormerForm() {
        var recording = recording("embeddings-old.http");
        var ready = open(Dialect.OLLAMA_EMBED, recording.request);

        ready.answer().feed(recording.answer.getBytes(StandardCharsets.UTF_8));

        assertThat(new String(ready.answer().end(), StandardCharsets.UTF_8)).isEqualTo(recording.answer);
        assertThat(ready.answer().usage()).isNull();
    }

    @Test
    void shouldAnswerOpenAisCallersByIt() {
        var recording = recording("embed.http");
        var ready = open(Dialect.OPENAI_EMBEDDINGS, recording.request);

        for (var b : recording.answer.getBytes(StandardCharsets.UTF_8)) {
            ready.answer().feed(new byte[] {b});
        }
        var told = new String(ready.answer().end(), StandardCharsets.UTF_8);

        assertThat(told)
                .startsWith(
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0,0.70710677,0,")
                .contains("\"index\":1")
                .contains("\"model\":\"r\",\"usage\":{\"prompt_tokens\":");
    }

    @Test
    void shouldTakeAModelWithoutEmbeddingsForTheRequestsFault() {
        var recording = recording("err-embed.http");
        var ready = open(Dialect.OLLAMA_EMBED, recording.request);

        var failure = ready.classify(501, HeaderLookup.NONE, recording.answer.getBytes(StandardCharsets.UTF_8), 0);

        assertThat(failure.kind()).isEqualTo(FailureKind.REJECTED);
        assertThat(failure.message()).startsWith("This server does not support embeddings.");
    }

    private static Exchange.Ready open(Dialect caller, String body) {
        return (Exchange.Ready) Exchange.open(
                Dialects.caller(caller),
                bytes(body),
                TestTargets.of("ollama", "tiny-embed", false),
                new RenderContext("r1", "r", 1, false, false),
                Continuation.NONE);
    }

    private static Recording recording(String name) {
        var folder = System.getenv("LANEWAY_RECORDINGS");
        assumeTrue(folder != null, "skipped: LANEWAY_RECORDINGS does not name the folder of vendors' recorded answers");
        var file = Path.of(folder, "ollama", name);
        assumeTrue(Files.isReadable(file), "skipped: LANEWAY_RECORDINGS has no ollama/" + name);
        try {
            var parts = Files.readString(file).replace("\r\n", "\n").split("\n\n");
            var request = parts[0].substring(parts[0].indexOf('\n') + 1);
            return new Recording(request, parts[2].strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
