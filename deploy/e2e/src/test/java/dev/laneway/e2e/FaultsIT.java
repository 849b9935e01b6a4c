package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.standalone.faults.ClientFormat;
import dev.laneway.standalone.faults.ClientView;
import dev.laneway.standalone.faults.FaultCase;
import dev.laneway.standalone.faults.FaultConfig;
import dev.laneway.standalone.faults.FaultOutcome;
import dev.laneway.standalone.faults.FaultPage;
import dev.laneway.standalone.faults.FaultTrial;
import dev.laneway.standalone.faults.HopNames;
import dev.laneway.standalone.faults.RouterLog;
import dev.laneway.standalone.faults.VendorFormat;
import dev.laneway.testkit.faults.FaultSamples;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** In this JVM, whose log can be read: what was measured is what the page of the fault table says. */
class FaultsIT extends FaultsContract {
    private static final Path PAGE = Path.of("..", "docs", "faults.md");

    private static final List<FaultCase> CASES = chosen();

    private final RouterLog log = new RouterLog();

    /** What is on the page; every fault but the slowest where answers pass through; and a few for each other pair of a vendor and a client. */
    private static List<FaultCase> chosen() {
        Set<FaultCase> cases = new LinkedHashSet<>(FaultCase.all());
        cases.addAll(FaultCase.pair(VendorFormat.ANTHROPIC, ClientFormat.ANTHROPIC, quickFaults()));
        cases.addAll(FaultCase.pair(VendorFormat.RESPONSES, ClientFormat.RESPONSES, quickFaults()));
        cases.addAll(FaultCase.pair(VendorFormat.GEMINI, ClientFormat.GEMINI, quickFaults()));
        cases.addAll(FaultCase.pair(VendorFormat.OLLAMA, ClientFormat.OLLAMA, quickFaults()));
        cases.addAll(everyPair(List.of("503", "cut", "error-mid-stream")));
        return List.copyOf(cases);
    }

    @Override
    List<FaultCase> cases() {
        return CASES;
    }

    @AfterAll
    void closeLog() {
        log.close();
    }

    @Test
    void shouldTryEveryFault() {
        assertThat(FaultTable.faults())
                .extracting(FaultTable.Fault::name)
                .containsExactlyInAnyOrderElementsOf(FaultSamples.all());
    }

    @Test
    void shouldBeAsThePageSays() throws Exception {
        String page = Files.readString(PAGE);

        // the last lines of the log come a moment after the answers
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(FaultPage.markdown(outcomes()))
                        .as("deploy/docs/faults.md; ./laneway faults --markdown makes it anew")
                        .isEqualTo(page));
    }

    private List<FaultOutcome> outcomes() throws Exception {
        String whole = ClientView.text(answers.get(
                new FaultCase("no-usage", VendorFormat.OPENAI, ClientFormat.OPENAI, false, FaultCase.Way.ALLOWED)));
        HopNames names = new HopNames(Forgery.parse(config()), FaultConfig.SOUND);
        List<FaultOutcome> outcomes = new ArrayList<>();
        for (FaultCase each : FaultCase.all()) {
            HttpResponse<String> answer = answers.get(each);
            String id = Http.header(answer, "x-request-id");
            int made = calls.getOrDefault(id, List.of()).size();
            outcomes.add(FaultTrial.outcome(each, answer, whole, made, log.of(id), names));
        }
        return outcomes;
    }
}
