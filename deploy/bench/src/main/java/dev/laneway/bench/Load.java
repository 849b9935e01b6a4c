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
import org.HdrHistogram.Histogram;

/**
 * A closed loop of requests over a number of connections, on one event loop: each connection sends its next request when its last
 * answer is complete. To be used on that event loop.
 */
final class Load {
    private static final long LONGEST_MICROS = 120_000_000;

    private final Vertx vertx;
    private final URI target;
    private final Buffer request;
    private final int connections;
    private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
    private final List<NetSocket> open = new ArrayList<>();
    private boolean counting;
    private boolean stopped;
    private long answers;
    private long errors;
    private long all;

    /**
     * What was seen.
     *
     * @param answers with status 200
     * @param errors other statuses, and connections that broke
     * @param all answers of any status, those of the warm-up among them: what CPU was spent on
     * @param latency in microseconds
     */
    record Result(long answers, long errors, long all, double seconds, Histogram latency) {
        double perSecond() {
            return answers / seconds;
        }
    }

    private Load(Vertx vertx, URI target, String body, String key, int connections) {
        this.vertx = vertx;
        this.target = target;
        this.connections = connections;
        this.request = request(target, body, key);
    }

    /** The bytes of one request on a kept-alive connection. */
    static Buffer request(URI target, String body, String key) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer("POST " + target.getPath() + " HTTP/1.1\r\nhost: " + target.getAuthority()
                        + "\r\nauthorization: Bearer " + key + "\r\ncontent-type: application/json\r\ncontent-length: "
                        + bytes.length + "\r\n\r\n")
                .appendBytes(bytes);
    }

    /** Warms up, then measures. */
    static Future<Result> run(
            Vertx vertx, URI target, String body, String key, int connections, long warmupMillis, long millis) {
        return new Load(vertx, target, body, key, connections).run(warmupMillis, millis);
    }

    private Future<Result> run(long warmupMillis, long millis) {
        NetClient client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        List<Future<NetSocket>> connecting = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            connecting.add(client.connect(target.getPort(), target.getHost()).onSuccess(this::use));
        }
        Promise<Result> result = Promise.promise();
        Future.all(connecting)
                .onFailure(result::fail)
                .onSuccess(connected -> vertx.setTimer(Math.max(1, warmupMillis), warm -> {
                    counting = true;
                    long from = System.nanoTime();
                    vertx.setTimer(millis, over -> {
                        counting = false;
                        stopped = true;
                        double seconds = (System.nanoTime() - from) / 1e9;
                        open.forEach(NetSocket::close);
                        client.close()
                                .onComplete(
                                        closed -> result.complete(new Result(answers, errors, all, seconds, latency)));
                    });
                }));
        return result.future();
    }

    private void use(NetSocket socket) {
        open.add(socket);
        long[] sentAt = new long[1];
        HttpAnswerReader reader = new HttpAnswerReader(new HttpAnswerReader.Listener() {
            @Override
            public void piece(byte[] bytes, int from, int length) {}

            @Override
            public void complete(int status) {
                all++;
                if (counting) {
                    if (status == 200) {
                        answers++;
                        latency.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - sentAt[0]) / 1000));
                    } else {
                        errors++;
                    }
                }
                send(socket, sentAt);
            }
        });
        socket.handler(buffer -> reader.feed(buffer.getBytes()));
        socket.closeHandler(closed -> {
            if (!stopped) {
                errors++;
            }
        });
        send(socket, sentAt);
    }

    private void send(NetSocket socket, long[] sentAt) {
        if (!stopped) {
            sentAt[0] = System.nanoTime();
            socket.write(request);
        }
    }
}
