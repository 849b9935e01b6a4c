package dev.laneway.testkit.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.Vendor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {
    private final CallLog log = new CallLog(3, Prices.DEFAULT, Optional.empty());

    @Test
    void shouldShowACallWhileItRuns() {
        open(log).asks("sim");

        assertThat(log.calls()).singleElement().satisfies(call -> {
            assertThat(call.finish()).isEqualTo(Finish.IN_PROGRESS);
            assertThat(call.model()).isEqualTo("sim");
            assertThat(call.endMicros()).isEmpty();
        });
    }

    @Test
    void shouldForgetTheOldestAndCountThem() {
        for (int i = 0; i < 5; i++) {
            open(log);
        }

        assertThat(log.calls()).extracting(Call::seq).containsExactly(3L, 4L, 5L);
        assertThat(log.counts().overflowed()).isEqualTo(2);
        assertThat(log.find(2)).isEmpty();
        assertThat(log.find(5)).isPresent();
    }

    @Test
    void shouldChargeAWholeAnswerInFull() {
        LiveCall call = open(log);
        call.due(new Usage(1000, 400, 0, 50, 10));

        call.ends(Finish.COMPLETE);

        assertThat(log.calls().getFirst().priceMicros()).isEqualTo(600 + 100 + 200);
    }

    @Test
    void shouldChargeABrokenAnswerForWhatWasSent() {
        LiveCall call = open(log);
        call.due(new Usage(1000, 0, 0, 50, 10));
        call.sends(12);

        call.ends(Finish.CUT);

        assertThat(log.calls().getFirst().usage()).isEqualTo(new Usage(1000, 0, 0, 12, 10));
    }

    @Test
    void shouldNotChangeOnceItEnded() {
        LiveCall call = open(log);
        call.ends(Finish.COMPLETE);

        call.clientLeft();

        assertThat(log.calls().getFirst().finish()).isEqualTo(Finish.COMPLETE);
        assertThat(log.calls().getFirst().clientClosed()).isFalse();
    }

    @Test
    void shouldTellAStallFromAClientThatJustLeft() {
        LiveCall stalled = open(log);
        stalled.stalls(true);
        LiveCall left = open(log);

        stalled.clientLeft();
        left.clientLeft();

        assertThat(log.calls()).extracting(Call::finish).containsExactly(Finish.STALLED, Finish.CLIENT_CLOSED);
        assertThat(log.calls()).allMatch(Call::clientClosed);
    }

    @Test
    void shouldIgnoreAfterAResetWhatBeganBefore() {
        LiveCall before = open(log);
        log.reset();
        open(log);

        before.ends(Finish.COMPLETE);

        assertThat(log.counts()).isEqualTo(new CallLog.Counts(1, 0, 0, 0));
    }

    @Test
    void shouldWriteCallsThatEndedToAFile(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("calls.jsonl");
        try (CallFile file = CallFile.open(path)) {
            CallLog written = new CallLog(3, Prices.DEFAULT, Optional.of(file::add));
            open(written).ends(Finish.COMPLETE);
            open(written);
            open(written).ends(Finish.RESET);
        }

        List<String> lines = Files.readAllLines(path);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"seq\":1").contains("\"finished\":\"complete\"");
        assertThat(lines.get(1)).contains("\"seq\":3").contains("\"finished\":\"reset\"");
    }

    private static LiveCall open(CallLog log) {
        return log.open(0, "attempt", Vendor.OPENAI, "/v1/chat/completions", "k");
    }
}
