package dev.laneway.services;

import java.util.concurrent.CompletableFuture;

/** One of the three, running. */
sealed interface Server permits KafkaServer, PostgresServer, RedisServer {
    /** What a client needs to connect: {@code host:port} or a URL with its password. */
    String endpoint();

    /** Ends it in an orderly way within a bounded time, by force after that. Never throws; a second call does nothing. */
    void stop();

    /** Completes with one line when the server ends though nobody called {@link #stop()}. */
    CompletableFuture<String> failure();
}
