package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.chaos.oracle.Backlog;
import dev.laneway.chaos.oracle.Ledger;
import dev.laneway.chaos.oracle.Leniency;
import dev.laneway.chaos.oracle.PipelineLog;
import dev.laneway.chaos.oracle.Rules;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.testkit.VendorSimulator;
import dev.laneway.testkit.calls.Call;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/**
 * The one oracle of everything end-to-end, in its strictest form. Once the gateway is idle: every call that the simulator saw is in
 * exactly one usage fact and in the ledger, with the simulator's tokens, and charged to the trillionth with what the simulator charges; no
 * attempt was called twice; every accepted request has
 * exactly one terminal fact; every record of work and of usage is read and committed, and none is a dead letter but those
 * that a test expects.
 */
final class Oracle {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Gateway gateway;
    private final VendorSimulator simulator;
    private final Set<String> forged = ConcurrentHashMap.newKeySet();
    private final AtomicLong letters = new AtomicLong();
    private volatile boolean samePrices = true;

    Oracle(Gateway gateway, VendorSimulator simulator) {
        this.gateway = gateway;
        this.simulator = simulator;
    }

    /** Waits for the gateway to be idle, then compares. */
    void check() {
        checkCalls();
        Awaitility.await().atMost(PATIENCE).untilAsserted(this::everyRequestEnded);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Backlog.read(kafka(), letters.get()))
                        .as("what is not worked off")
                        .isEmpty());
    }

    /** The same, where there must have been something to compare. */
    void checkAll() throws Exception {
        assertThat(simulator.calls()).as("calls that the vendor saw").isNotEmpty();
        assertThat(read().accepted()).as("requests that were accepted").isNotEmpty();
        check();
    }

    /** Only calls, facts and ledger: for tests that forge events, whose requests nobody accepted. */
    void checkCalls() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(this::compareCalls);
        Awaitility.await().atMost(PATIENCE).untilAsserted(this::ledgerSaysTheSame);
    }

    /** The config has prices of its own: the simulator's bill is another one. */
    void expectOtherPrices() {
        samePrices = false;
    }

    /** A test published poison, or a record of a dead-letter topic: so many records have to be there more. */
    void expectLetters(int more) {
        letters.addAndGet(more);
    }

    /** A test published events of a request elsewhere than where requests are accepted; it has to end all the same. */
    void expectEnd(String requestId) {
        forged.add(requestId);
    }

    /** Waits for a request's terminal fact. */
    void awaitTerminal(String requestId) {
        Awaitility.await().atMost(PATIENCE).until(() -> read().terminals().containsKey(requestId));
    }

    private void compareCalls() throws Exception {
        List<Call> calls = simulator.calls();
        assertThat(calls).as("calls").noneMatch(call -> call.attemptId().isEmpty());
        PipelineLog log = read();
        assertThat(Rules.calls(calls, log, Leniency.NONE))
                .as("where calls and facts differ")
                .isEmpty();
        if (samePrices) {
            assertThat(Rules.charges(calls, log))
                    .as("where bill and charges differ")
                    .isEmpty();
        }
    }

    private void everyRequestEnded() throws Exception {
        PipelineLog log = read();
        assertThat(Rules.ends(log, Leniency.NONE)).as("how requests ended").isEmpty();
        assertThat(Rules.explained(simulator.calls(), log))
                .as("calls that nothing explains")
                .isEmpty();
    }

    private void ledgerSaysTheSame() throws Exception {
        Ledger ledger = new Ledger(gateway.database());
        assertThat(Rules.ledger(read(), ledger.entries(), ledger.requests()))
                .as("where ledger and facts differ")
                .isEmpty();
    }

    private PipelineLog read() throws Exception {
        PipelineLog log = PipelineLog.read(kafka());
        log.accepted().addAll(forged);
        return log;
    }

    private KafkaSettings kafka() {
        return Brokers.settings(gateway.kafka());
    }
}
