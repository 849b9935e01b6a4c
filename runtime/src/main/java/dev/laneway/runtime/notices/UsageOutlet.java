package dev.laneway.runtime.notices;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Topics;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.kafka.EventSink;
import io.micrometer.core.instrument.Counter;
import java.util.Objects;

/** Publishes notices among the facts of usage, behind what somebody waits for. On its sink's context. */
public final class UsageOutlet implements NoticeOutlet {
    private static final EventCodec<Fact> FACTS = EventCodec.of(Fact.class);

    private final EventSink sink;
    private final Counter unsent;

    /** @param unsent notices that the broker did not take */
    public UsageOutlet(EventSink sink, Counter unsent) {
        this.sink = Objects.requireNonNull(sink, "sink");
        this.unsent = Objects.requireNonNull(unsent, "unsent");
    }

    @Override
    public void notice(Fact.Noticed noticed) {
        sink.sendLater(Topics.USAGE, noticed, FACTS.encode(noticed)).onFailure(cause -> unsent.increment());
    }

    @Override
    public boolean available() {
        return sink.available();
    }
}
