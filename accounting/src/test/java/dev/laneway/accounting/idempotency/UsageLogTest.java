package dev.laneway.accounting.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.ClientNames;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsageLogTest {
    private static byte[] envelope(@Nullable ClientNames names) {
        Fact.Subject subject =
                new Fact.Subject("req_1", "master", "smart", "premium", Zone.CLOUD, WorkClass.INTERACTIVE, 1, names);
        return EventCodec.of(Fact.class).encode(new Fact.Accepted(subject));
    }

    @Test
    void shouldReadAFactWithNames() {
        boolean read = UsageLog.holds(envelope(new ClientNames(null, null, "ab")));

        assertThat(read).isTrue();
    }

    @Test
    void shouldPassOverAFactWithoutNames() {
        boolean read = UsageLog.holds(envelope(null));

        assertThat(read).isFalse();
    }
}
