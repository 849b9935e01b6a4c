package dev.laneway.ingress.http;

import dev.laneway.contracts.NoticeKind;
import dev.laneway.dialects.CallerDialect;
import dev.laneway.dialects.Inspected;
import dev.laneway.dialects.Inspection;
import dev.laneway.ingress.auth.Admission;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.auth.Caller;
import dev.laneway.ingress.limits.MemoryBudget;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.meters.MetricTag;
import dev.laneway.runtime.notices.Notices;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every call passes before somebody deals with it: a gateway that still takes calls, a valid key, a body within the limits. One
 * event loop.
 */
public final class FrontDoor {
    /** Deals with a call whose body is there. */
    public interface Taker {
        /** Reads what it needs of a body. Pure: a large body is read on another thread. */
        default Inspection inspect(CallerDialect dialect, byte[] body) {
            return dialect.inspect(body);
        }

        /** Takes the call, or says why not; only who takes it gives the body's bytes back to the budget. */
        @Nullable
        Rejection take(Call call, Caller caller, byte[] body, Inspected asked);
    }

    /** Deals with a call that has no body. */
    @FunctionalInterface
    public interface Answerer {
        void answer(Call call, Caller caller);
    }

    /** Deals with a call whose body, not of a model's dialect, is there. */
    @FunctionalInterface
    public interface Reader {
        void read(Call call, Caller caller, byte[] body);
    }

    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /** Of a body that describes something. */
    private static final int DESCRIPTION_BYTES = 256 * 1024;

    /** Reading a longer body would keep the event loop from its streams. */
    private static final int QUICKLY_READ_BYTES = 512 * 1024;

    private static final byte[] EMPTY = {};

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final CallerRule rule;
    private final BodyIntake intake;
    private final MemoryBudget memory;
    private final LongSupplier maxBodyBytes;
    private final BooleanSupplier draining;
    private final FailureLog log;
    private final Notices notices;
    private final Meters meters;

    public FrontDoor(
            Vertx vertx,
            Authenticator authenticator,
            CallerRule rule,
            BodyIntake intake,
            MemoryBudget memory,
            LongSupplier maxBodyBytes,
            BooleanSupplier draining,
            FailureLog log,
            Notices notices,
            Meters meters) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.rule = rule;
        this.intake = intake;
        this.memory = memory;
        this.maxBodyBytes = maxBodyBytes;
        this.draining = draining;
        this.log = log;
        this.notices = notices;
        this.meters = meters;
    }

    /** Admits a call and answers it. */
    public void withoutBody(Call call, Answerer answerer) {
        BodyIntake.discard(call.http());
        Caller caller = admit(call);
        if (caller != null) {
            answerer.answer(call, caller);
        }
    }

    /** Admits a call, reads its body and has it taken. */
    public void withBody(Call call, Taker taker) {
        HttpServerRequest http = call.http();
        Caller caller = admit(call);
        if (caller == null) {
            BodyIntake.discard(http);
            return;
        }
        String encoding = http.headers().get("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            BodyIntake.discard(http);
            refuse(call, Rejection.of(Refusal.ENCODING, call));
            return;
        }
        intake.read(http, maxBodyBytes.getAsLong(), new BodyIntake.Reader() {
            @Override
            public void whole(byte[] body) {
                if (body.length <= QUICKLY_READ_BYTES) {
                    read(call, caller, body, taker, null);
                } else {
                    vertx.executeBlocking(() -> taker.inspect(call.dialect(), body), false)
                            .onComplete(
                                    inspection -> read(call, caller, body, taker, inspection),
                                    defect -> defect(call, body, defect));
                }
            }

            @Override
            public void refused(Refusal reason) {
                refuse(call, Rejection.of(reason, call));
            }

            @Override
            public void gone() {
                refuse(call, Rejection.of(Refusal.GONE, call));
            }
        });
    }

    /** Admits a call, reads its short body and has it read. */
    public void withDescription(Call call, Reader reader) {
        HttpServerRequest http = call.http();
        Caller caller = admit(call);
        if (caller == null) {
            BodyIntake.discard(http);
            return;
        }
        intake.read(http, Math.min(DESCRIPTION_BYTES, maxBodyBytes.getAsLong()), new BodyIntake.Reader() {
            @Override
            public void whole(byte[] body) {
                memory.release(body.length);
                try {
                    reader.read(call, caller, body);
                } catch (RuntimeException defect) {
                    defect(call, EMPTY, defect);
                }
            }

            @Override
            public void refused(Refusal reason) {
                refuse(call, Rejection.of(reason, call));
            }

            @Override
            public void gone() {
                refuse(call, Rejection.of(Refusal.GONE, call));
            }
        });
    }

    /** The router, which answers what fails while it hands a call on, is long out of the way when its body is there. */
    private void read(Call call, Caller caller, byte[] body, Taker taker, @Nullable Inspection inspection) {
        try {
            inspected(call, caller, body, taker, inspection == null ? taker.inspect(call.dialect(), body) : inspection);
        } catch (RuntimeException defect) {
            defect(call, body, defect);
        }
    }

    private void defect(Call call, byte[] body, Throwable defect) {
        LOG.error("{} failed on a defect", call.id(), defect);
        memory.release(body.length);
        refuse(call, Rejection.of(Refusal.DEFECT, call));
    }

    private void inspected(Call call, Caller caller, byte[] body, Taker taker, Inspection inspection) {
        Rejection rejection = switch (inspection) {
            case Inspection.Refused refused -> Rejection.of(Refusal.INVALID, call, refused.error());
            case Inspection.Accepted accepted ->
                call.response().closed()
                        ? Rejection.of(Refusal.GONE, call)
                        : taker.take(call, caller, body, accepted.request());
        };
        if (rejection != null) {
            memory.release(body.length);
            refuse(call, caller, rejection);
        }
    }

    /** Turns a call of somebody known down, and tells of it where an alert may be due. */
    public void refuse(Call call, Caller caller, Rejection rejection) {
        NoticeKind notice = rejection.reason().notice();
        if (notice != null) {
            notices.noticed(caller.owner(), notice);
        }
        refuse(call, rejection);
    }

    /** Turns a call down, counts it, and logs it where it is our fault. */
    public void refuse(Call call, Rejection rejection) {
        meters.counter(
                        IngressMetric.REFUSED,
                        MetricTag.REASON,
                        rejection.reason().id())
                .increment();
        int status = rejection.error().status();
        if (status >= 500 && rejection.reason() != Refusal.TRANSFER_CODING) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - call.startedNanos());
            log.failed(call.id(), "-", status, rejection.reason().id(), millis);
        }
        if (rejection.reason() == Refusal.DRAINING) {
            call.response().putHeader(HeaderNames.CONNECTION, HeaderNames.CLOSE);
        }
        call.fail(rejection.error(), rejection.retryAfterMillis());
    }

    private @Nullable Caller admit(Call call) {
        if (draining.getAsBoolean()) {
            refuse(call, Rejection.of(Refusal.DRAINING, call));
            return null;
        }
        return switch (authenticator.admit(call.http().headers())) {
            case Admission.Admitted admitted -> kept(call, admitted.caller());
            case Admission.Missing missing -> refused(call, Refusal.NO_KEY);
            case Admission.Wrong wrong -> refused(call, Refusal.WRONG_KEY);
            case Admission.Closed closed ->
                refused(
                        call,
                        switch (closed.why()) {
                            case KEY_BLOCKED -> Refusal.KEY_BLOCKED;
                            case KEY_EXPIRED -> Refusal.KEY_EXPIRED;
                            case TEAM_BLOCKED -> Refusal.TEAM_BLOCKED;
                            case USER_BLOCKED -> Refusal.USER_BLOCKED;
                        });
            case Admission.Undecided undecided -> refused(call, Refusal.NOT_READY);
        };
    }

    private @Nullable Caller kept(Call call, Caller caller) {
        Rejection why = rule.refusal(call, caller);
        if (why == null) {
            return caller;
        }
        refuse(call, caller, why);
        return null;
    }

    private @Nullable Caller refused(Call call, Refusal reason) {
        refuse(call, Rejection.of(reason, call));
        return null;
    }
}
