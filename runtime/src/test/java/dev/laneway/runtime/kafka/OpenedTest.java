package dev.laneway.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Event;
import dev.laneway.runtime.codec.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OpenedTest {
    private static final EventDecoder<String> TEXT = (topic, envelope) -> new String(envelope, StandardCharsets.UTF_8);

    private static ConsumerRecord<String, byte[]> record(byte[] envelope, byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Event.HEADER, envelope);
        return new ConsumerRecord<>(
                "topic", 3, 7, 11, TimestampType.CREATE_TIME, 0, 0, "key", value, headers, Optional.empty());
    }

    private static String reason(ConsumerRecord<String, byte[]> record, EventDecoder<String> decoder) {
        return ((Opened.Poison<String>) Opened.of(record, null, false, 1, decoder)).reason();
    }

    @Test
    void shouldHandOnWhatItCanRead() {
        Opened<String> opened = Opened.of(record(new byte[] {'h', 'i'}, null), "epoch", false, 1, TEXT);

        assertThat(opened).isInstanceOfSatisfying(Opened.Whole.class, whole -> {
            assertThat(whole.taken().event()).isEqualTo("hi");
            assertThat(whole.taken().offset()).isEqualTo(7);
            assertThat(whole.taken().timestamp()).isEqualTo(11);
            assertThat(whole.taken().before()).isEqualTo("epoch");
            assertThat(whole.taken().value()).isEmpty();
        });
    }

    @Test
    void shouldRefuseWhatHasNoEnvelope() {
        assertThat(reason(record(null, new byte[0]), TEXT)).isEqualTo("no envelope");
    }

    @Test
    void shouldRefuseWhatCouldNotBePassedOn() {
        assertThat(reason(record(new byte[10_000], new byte[895_000]), TEXT))
                .isEqualTo("oversized: 895000 bytes, and an envelope of 10000");
    }

    @Test
    void shouldSayWhatTheDecoderSays() {
        EventDecoder<String> refusing = (topic, envelope) -> {
            throw new UndecodableException("another zone");
        };

        assertThat(reason(record(new byte[1], null), refusing)).isEqualTo("another zone");
    }

    @Test
    void shouldNameADefectOfTheDecoderAndNothingItSays() {
        EventDecoder<String> defective = (topic, envelope) -> {
            throw new IllegalStateException("words of a prompt");
        };

        assertThat(reason(record(new byte[1], null), defective))
                .isEqualTo("the decoder failed: java.lang.IllegalStateException");
    }
}
