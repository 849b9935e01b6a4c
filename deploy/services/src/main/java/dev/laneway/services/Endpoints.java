package dev.laneway.services;

/**
 * Where the three servers listen.
 *
 * @param kafkaBootstrapServers {@code host:port}, or several separated by commas
 * @param databaseUrl {@code postgresql://user:password@host:port/name}; a secret
 * @param redisUrl {@code redis://user:password@host:port}; a secret
 */
public record Endpoints(String kafkaBootstrapServers, String databaseUrl, String redisUrl) {
    /** Says nothing of the two that hold a password. */
    @Override
    public String toString() {
        return "Endpoints[kafkaBootstrapServers=" + kafkaBootstrapServers + "]";
    }
}
