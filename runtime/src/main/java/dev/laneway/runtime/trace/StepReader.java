package dev.laneway.runtime.trace;

import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailedAttempt;
import dev.laneway.contracts.Reply;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.Said;
import dev.laneway.contracts.Signal;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.codec.UndecodableException;
import dev.laneway.runtime.dead.Marks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Tells what a record is, by its topic and its envelope. Quotes no content: no body, no message of a vendor. Safe on any thread. */
final class StepReader {
    private static final EventCodec<Request> REQUEST = EventCodec.of(Request.class);
    private static final EventCodec<Attempt> ATTEMPT = EventCodec.of(Attempt.class);
    private static final EventCodec<FailedAttempt> FAILURE = EventCodec.of(FailedAttempt.class);
    private static final EventCodec<Reply> REPLY = EventCodec.of(Reply.class);
    private static final EventCodec<Signal> SIGNAL = EventCodec.of(Signal.class);
    private static final EventCodec<Fact> FACT = EventCodec.of(Fact.class);

    /** Order within a millisecond: the request, then for each attempt what it went through, then its end. */
    private static final long PER_ATTEMPT = 1_000_000;

    private static final long AT_LAST = Long.MAX_VALUE;

    private record Told(String event, String summary, boolean terminal, long order) {
        Told(String event, String summary, long order) {
            this(event, summary, false, order);
        }
    }

    TraceStep read(ConsumerRecord<String, byte[]> record) {
        Told told = told(record);
        return new TraceStep(
                record.timestamp(),
                record.topic(),
                record.partition(),
                record.offset(),
                told.event(),
                told.summary(),
                told.terminal(),
                told.order());
    }

    private static Told told(ConsumerRecord<String, byte[]> record) {
        String kind = kind(record.topic());
        int bytes = record.value() == null ? 0 : record.value().length;
        if (kind.equals("bodies")) {
            return new Told("body", bytes + " bytes", -1);
        }
        if (kind.equals("dead")) {
            return new Told("dead", text(record, Marks.ORIGIN), AT_LAST);
        }
        Header header = record.headers().lastHeader(Event.HEADER);
        if (header == null || header.value() == null) {
            return new Told("record", "without an envelope, " + bytes + " bytes", AT_LAST);
        }
        try {
            return envelope(kind, header.value(), bytes);
        } catch (UndecodableException e) {
            return new Told("record", "with an envelope that can't be read", AT_LAST);
        }
    }

    private static Told envelope(String kind, byte[] envelope, int bytes) throws UndecodableException {
        return switch (kind) {
            case "requests" -> request(REQUEST.decode(envelope), bytes);
            case "attempts" -> attempt(ATTEMPT.decode(envelope));
            case "failures" -> failure(FAILURE.decode(envelope));
            case "replies" -> reply(REPLY.decode(envelope), bytes);
            case "signals" -> signal(SIGNAL.decode(envelope));
            case "usage" -> fact(FACT.decode(envelope));
            default -> new Told("record", bytes + " bytes", AT_LAST);
        };
    }

    private static Told request(Request request, int bytes) {
        List<String> words = new ArrayList<>();
        words.add("route=" + request.route());
        words.add("dialect=" + request.dialect().id());
        words.add("stream=" + request.stream());
        words.add("config=" + request.configVersion());
        words.add("body=" + (request.body() == null ? bytes : request.body().length()) + " bytes");
        return new Told("request", String.join(" ", words), 0);
    }

    private static Told attempt(Attempt attempt) {
        return new Told(
                "attempt",
                name(attempt.id()) + " deployment=" + attempt.deployment() + " account=" + attempt.account()
                        + " fallbacks=" + attempt.fallbacks() + continued(attempt.continues()),
                order(attempt.tryNumber(), 0));
    }

    private static Told failure(FailedAttempt failed) {
        return new Told(
                "failure",
                name(failed.attempt().id()) + " deployment="
                        + failed.attempt().deployment() + " failure="
                        + failed.failure().kind().id() + vendor(failed.failure().vendorStatus())
                        + (failed.called() ? "" : " uncalled") + " frames=" + failed.frames(),
                order(failed.attempt().tryNumber(), PER_ATTEMPT - 2));
    }

    private static Told reply(Reply reply, int bytes) {
        return switch (reply) {
            case Reply.Frame frame -> {
                Reply.Head head = frame.head();
                yield new Told(
                        "frame",
                        name(frame.attempt()) + " seq=" + frame.seq() + " " + bytes + " bytes"
                                + (head == null ? "" : " head deployment=" + head.deployment())
                                + (frame.end() == null
                                        ? ""
                                        : " end" + tokens(frame.end().usage())),
                        order(tryNumber(frame.attempt()), 1 + Math.min(frame.seq(), PER_ATTEMPT - 10)));
            }
            case Reply.Failed failed ->
                new Told(
                        "failed",
                        "status=" + failed.status() + " failure="
                                + failed.failure().kind().id() + " attempts=" + failed.attempts() + " fallbacks="
                                + failed.fallbacks(),
                        AT_LAST - 2);
        };
    }

    private static Told signal(Signal signal) {
        return switch (signal) {
            case Signal.Cancel cancel -> new Told("signal", "cancel", AT_LAST - 3);
            case Signal.Pause pause -> new Told("signal", "pause", AT_LAST - 3);
            case Signal.Resume resume -> new Told("signal", "resume", AT_LAST - 3);
        };
    }

    private static Told fact(Fact fact) {
        return switch (fact) {
            case Fact.Accepted accepted -> new Told("usage", "accepted", order(-1, 1));
            case Fact.Attempted made ->
                new Told(
                        "usage",
                        name(made.attempt()) + " deployment=" + made.deployment() + " outcome="
                                + made.outcome().id()
                                + (made.failure() == null
                                        ? ""
                                        : " failure=" + made.failure().id())
                                + vendor(made.vendorStatus()) + (made.called() ? "" : " uncalled")
                                + tokens(made.usage()) + terminal(made.terminal()),
                        made.terminal() != null,
                        order(tryNumber(made.attempt()), PER_ATTEMPT - 1));
            case Fact.Noticed noticed ->
                new Told("usage", "noticed", order(-1, 1)); // of no request, so never asked for
            case Fact.Ended ended -> new Told("usage", "ended" + terminal(ended.terminal()), true, AT_LAST - 1);
        };
    }

    private static String terminal(Fact.@Nullable Terminal terminal) {
        return terminal == null
                ? ""
                : " status=" + terminal.status().id() + " http=" + terminal.httpStatus()
                        + (terminal.failure() == null
                                ? ""
                                : " failure=" + terminal.failure().id());
    }

    private static String tokens(@Nullable TokenUsage usage) {
        return usage == null ? "" : " tokens=" + usage.input() + "+" + usage.output();
    }

    private static String vendor(int status) {
        return status == 0 ? "" : " vendor=" + status;
    }

    private static String continued(@Nullable Said said) {
        return said == null ? "" : " continues " + name(said.attempt()) + " from seq=" + said.frames();
    }

    /** {@code hop:try} of an attempt: the request is what was asked for. */
    private static String name(String attempt) {
        int colon = attempt.indexOf(':');
        return "attempt=" + (colon < 0 ? attempt : attempt.substring(colon + 1));
    }

    private static int tryNumber(String attempt) {
        try {
            return Integer.parseInt(attempt.substring(attempt.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long order(int tryNumber, long within) {
        return (tryNumber + 1) * PER_ATTEMPT + within;
    }

    private static String kind(String topic) {
        String[] parts = topic.split("\\.", 4);
        return parts.length == 2 ? parts[1] : parts.length > 2 ? parts[2] : "";
    }

    private static String text(ConsumerRecord<String, byte[]> record, String header) {
        Header found = record.headers().lastHeader(header);
        return found == null || found.value() == null
                ? ""
                : "from " + new String(found.value(), StandardCharsets.UTF_8);
    }
}
