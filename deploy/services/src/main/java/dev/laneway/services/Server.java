package dev.laneway.services;

/** One of the three, running. */
sealed interface Server permits KafkaServer, PostgresServer, RedisServer {
    /** What a client needs to connect: {@code host:port} or a URL with its password. */
    String endpoint();

    /** Ends it in an orderly way within a bounded time, and by force after that. Never throws; a second call does nothing. */
    void stop();
}
