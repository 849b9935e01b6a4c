package dev.laneway.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Paced streams, all open at once: counts their frames, and the gaps between the pieces that carry them. On one event loop. */
final class StreamLoad {
    private static final long LONGEST_MICROS = 120_000_000;
    private static final byte[] FRAME = "data:".getBytes(StandardCharsets.US_ASCII);

    private final Histogram gaps = new Histogram(LONGEST_MICROS, 3);
    private final Histogram first = new Histogram(LONGEST_MICROS, 3);
    private long frames;
    private long complete;

    /**
     * What was seen.
     *
     * @param complete streams that ended with status 200
     * @param failed other streams
     * @param frames {@code data:} lines of all streams, {@code [DONE]} among them
     * @param gaps between pieces of a stream after its first, in microseconds
     * @param first from the request to the first frame, in microseconds
     */
    record Result(long complete, long failed, long frames, Histogram gaps, Histogram first) {}

    private StreamLoad() {}

    /** Opens {@code streams} connections, spreads one request on each over a second, and reads to the end. */
    static Future<Result> run(Vertx vertx, URI target, String body, String key, int streams, long patienceMillis) {
        return new StreamLoad().open(vertx, target, body, key, streams, patienceMillis);
    }

    private Future<Result> open(Vertx vertx, URI target, String body, String key, int streams, long patienceMillis) {
        Buffer request = Load.request(target, body, key);
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        List<Future<Void>> all = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            long delay = 1 + i * 1000L / streams;
            all.add(vertx.timer(delay)
                    .compose(v -> client.connect(target.getPort(), target.getHost()))
                    .compose(socket -> stream(socket, request)));
        }
        return Future.join(all)
                .timeout(patienceMillis, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(done -> client.close())
                .map(closed -> new Result(complete, streams - complete, frames, gaps, first));
    }

    private Future<Void> stream(NetSocket socket, Buffer request) {
        Promise<Void> ended = Promise.promise();
        long[] last = {0};
        long sentAt = System.nanoTime();
        HttpAnswerReader reader = new HttpAnswerReader(new HttpAnswerReader.Listener() {
            private int matched;

            @Override
            public void piece(byte[] bytes, int from, int length) {
                long before = frames;
                for (int i = from; i < from + length; i++) {
                    matched = bytes[i] == FRAME[matched] ? matched + 1 : bytes[i] == FRAME[0] ? 1 : 0;
                    if (matched == FRAME.length) {
                        frames++;
                        matched = 0;
                    }
                }
                if (frames > before) {
                    long now = System.nanoTime();
                    if (last[0] == 0) {
                        first.recordValue(Math.min(LONGEST_MICROS, (now - sentAt) / 1000));
                    } else {
                        gaps.recordValue(Math.min(LONGEST_MICROS, (now - last[0]) / 1000));
                    }
                    last[0] = now;
                }
            }

            @Override
            public void complete(int status) {
                if (status == 200) {
                    complete++;
                }
                ended.tryComplete();
                socket.close();
            }
        });
        socket.handler(buffer -> reader.feed(buffer.getBytes()));
        socket.closeHandler(closed -> ended.tryComplete());
        socket.write(request);
        return ended.future();
    }
}
