package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/** The envelope of a {@code signals} event: what an ingress tells whoever works for the request. Every worker and router reads all. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "t")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Signal.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Signal.Pause.class, name = "pause"),
    @JsonSubTypes.Type(value = Signal.Resume.class, name = "resume")
})
public sealed interface Signal extends Event {
    /** The client went away, or its buffer stayed full: close the vendor's call, plan nothing more. */
    record Cancel(String requestId) implements Signal {
        public Cancel {
            Objects.requireNonNull(requestId, "requestId");
        }
    }

    /** The client reads slowly: stop reading from the vendor. */
    record Pause(String requestId) implements Signal {
        public Pause {
            Objects.requireNonNull(requestId, "requestId");
        }
    }

    /** The client caught up. */
    record Resume(String requestId) implements Signal {
        public Resume {
            Objects.requireNonNull(requestId, "requestId");
        }
    }
}
