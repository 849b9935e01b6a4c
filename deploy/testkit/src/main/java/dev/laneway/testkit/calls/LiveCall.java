package dev.laneway.testkit.calls;

import dev.laneway.testkit.answers.Ask;
import dev.laneway.testkit.answers.Beside;
import dev.laneway.testkit.answers.Usage;
import dev.laneway.testkit.wire.Vendor;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A call that is being recorded. The server writes it, anyone may take a {@link #snapshot}: safe for any thread. Once
 * it has ended it does not change any more.
 */
public final class LiveCall {
    private static final byte[] NONE = {};

    private final CallLog log;
    private final long seq;
    private final long startedMillis;
    private final long startedNanos = System.nanoTime();
    private final String attemptId;
    private final Vendor vendor;
    private final String path;
    private final String key;
    private String model = "";
    private boolean stream;
    private int images;
    private byte[] bodyHash = NONE;
    private byte[] body = NONE;
    private int status;
    private String fault = "";
    private Usage due = Usage.NONE;
    private int sentTokens;
    private Finish finish = Finish.IN_PROGRESS;
    private Runnable afterwards = LiveCall::nothing;
    private boolean stalled;
    private boolean clientClosed;
    private boolean load;
    private long firstByteMicros = -1;
    private long endMicros = -1;

    LiveCall(CallLog log, long seq, long startedMillis, String attemptId, Vendor vendor, String path, String key) {
        this.log = log;
        this.seq = seq;
        this.startedMillis = startedMillis;
        this.attemptId = attemptId;
        this.vendor = vendor;
        this.path = path;
        this.key = key;
    }

    public long seq() {
        return seq;
    }

    public String attemptId() {
        return attemptId;
    }

    /** The body has arrived. */
    public synchronized void arrived(byte[] sha256, byte[] keptBody) {
        bodyHash = sha256;
        body = keptBody;
    }

    public synchronized void asks(String modelName) {
        model = modelName;
    }

    public synchronized void asks(Ask ask) {
        stream = ask.stream();
        images = ask.prompt().images();
    }

    /** It asks for no answer: a model is to be loaded or unloaded. */
    public synchronized void loads() {
        load = true;
    }

    synchronized boolean isLoad() {
        return load;
    }

    public synchronized void meets(String faultName) {
        fault = faultName;
    }

    /** What it will have used once the answer is sent whole. */
    public synchronized void due(Usage usage) {
        due = usage;
    }

    /** Status and headers were sent. */
    public synchronized void head(int sentStatus) {
        status = sentStatus;
    }

    /** Content of so many tokens is being sent. */
    public synchronized void sends(int tokens) {
        if (firstByteMicros < 0) {
            firstByteMicros = sinceStart();
        }
        sentTokens += tokens;
    }

    /** From now on nothing is sent. */
    public synchronized void stalls(boolean now) {
        stalled = now;
    }

    /** The client left. Ends the call unless it had ended. */
    public void clientLeft() {
        Finish how;
        synchronized (this) {
            if (finish != Finish.IN_PROGRESS) {
                return;
            }
            clientClosed = true;
            how = stalled ? Finish.STALLED : Finish.CLIENT_CLOSED;
        }
        ends(how);
    }

    /** What is to be done once the call has ended: at once when it has. */
    public void whenEnded(Runnable then) {
        synchronized (this) {
            if (finish == Finish.IN_PROGRESS) {
                afterwards = then;
                return;
            }
        }
        then.run();
    }

    /** The simulator stops. Ends the call unless it had ended. */
    public void serverStops() {
        ends(isStalled() ? Finish.STALLED : Finish.CUT);
    }

    private synchronized boolean isStalled() {
        return stalled;
    }

    /** Ends the call; only the first time counts. */
    public void ends(Finish how) {
        Runnable then;
        synchronized (this) {
            if (finish != Finish.IN_PROGRESS) {
                return;
            }
            finish = how;
            endMicros = sinceStart();
            then = afterwards;
            afterwards = LiveCall::nothing;
        }
        then.run();
        log.ended(this);
    }

    public synchronized boolean ended() {
        return finish != Finish.IN_PROGRESS;
    }

    private long sinceStart() {
        return (System.nanoTime() - startedNanos) / 1000;
    }

    /** The request's body, where bodies are kept. */
    public synchronized Optional<byte[]> body() {
        return body.length == 0 ? Optional.empty() : Optional.of(body.clone());
    }

    synchronized int dropBody() {
        int dropped = body.length;
        body = NONE;
        return dropped;
    }

    /** The call as it stands. */
    public synchronized Call snapshot() {
        Usage used = finish == Finish.COMPLETE ? due : sentSoFar();
        return new Call(
                seq,
                Instant.ofEpochMilli(startedMillis),
                attemptId,
                vendor,
                path,
                model,
                stream,
                status,
                fault,
                used,
                log.prices().exact(used),
                images,
                finish,
                clientClosed,
                firstByteMicros < 0 ? OptionalLong.empty() : OptionalLong.of(firstByteMicros),
                endMicros < 0 ? OptionalLong.empty() : OptionalLong.of(endMicros),
                key,
                HexFormat.of().formatHex(bodyHash));
    }

    private Usage sentSoFar() {
        int completion = Math.min(sentTokens, due.completion());
        int reasoning = Math.min(completion, due.reasoning());
        Beside beside = due.beside();
        return new Usage(
                due.prompt(),
                due.cached(),
                due.cacheWritten(),
                completion,
                reasoning,
                new Beside(
                        beside.searches(), beside.soundIn(), Math.min(beside.soundOut(), completion), beside.tier()));
    }

    private static void nothing() {}
}
