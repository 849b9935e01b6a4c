package dev.laneway.router.kafka;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.Zone;
import dev.laneway.router.handling.Input;
import dev.laneway.router.meters.RouterMeters;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.kafka.EventDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the envelopes of requests and failed attempts, and holds them to their topic: its name is the authority on zone, lane and
 * class, and every address in the envelope must be of that zone. What contradicts it was forged or misrouted, and is poison. Not safe
 * across threads.
 */
public final class InputDecoder implements EventDecoder<Input> {
    private static final EventCodec<Request> REQUESTS = EventCodec.of(Request.class);
    private static final EventCodec<FailedAttempt> FAILURES = EventCodec.of(FailedAttempt.class);

    private final Zone zone;
    private final RouterMeters meters;
    private final Map<String, Origin> origins = new HashMap<>();

    private record Origin(Topics.Parsed topic, boolean failures) {}

    public InputDecoder(Zone zone, RouterMeters meters) {
        this.zone = zone;
        this.meters = meters;
    }

    @Override
    public Input decode(String topic, byte[] envelope) throws UndecodableException {
        Origin origin = origin(topic);
        if (!origin.failures) {
            Request request = REQUESTS.decode(envelope);
            requireSame(origin.topic, request);
            return new Input.Fresh(request);
        }
        FailedAttempt failed = FAILURES.decode(envelope);
        requireSame(origin.topic, failed.attempt().request());
        requireWhole(failed.attempt());
        return new Input.Returned(failed);
    }

    private Origin origin(String topic) throws UndecodableException {
        Origin known = origins.get(topic);
        if (known != null) {
            return known;
        }
        Topics.Parsed parsed = Topics.parse(topic).orElse(null);
        if (parsed == null || parsed.account().isPresent() || parsed.zone() != zone) {
            throw refused("topic", "not a topic of this router's zone");
        }
        boolean failures = topic.equals(Topics.failures(parsed.zone(), parsed.lane(), parsed.workClass()));
        Origin origin = new Origin(parsed, failures);
        origins.put(topic, origin);
        return origin;
    }

    private void requireSame(Topics.Parsed topic, Request request) throws UndecodableException {
        if (request.zone() != topic.zone()) {
            throw refused("zone", "the envelope's zone is not its topic's");
        }
        if (!request.lane().equals(topic.lane())) {
            throw refused("lane", "the envelope's lane is not its topic's");
        }
        if (request.workClass() != topic.workClass()) {
            throw refused("class", "the envelope's class is not its topic's");
        }
        requireOurs("reply", request.reply() == null ? null : request.reply().topic(), Topics.replies(topic.zone()));
        requireOurs("body", request.body() == null ? null : request.body().topic(), Topics.bodies(topic.zone()));
    }

    private void requireOurs(String what, @Nullable String address, String ours) throws UndecodableException {
        if (address != null && !address.equals(ours)) {
            throw refused(what, "the envelope's " + what + " address is of another zone");
        }
    }

    private static void requireWhole(Attempt attempt) throws UndecodableException {
        int hops = attempt.plan().hops().size();
        if (attempt.hop() < 0 || attempt.hop() >= hops || attempt.plan().hop() != attempt.hop()) {
            throw new UndecodableException("hop " + attempt.hop() + " of a plan of " + hops);
        }
    }

    private UndecodableException refused(String what, String message) {
        meters.refusedByFence(what);
        return new UndecodableException(message);
    }
}
