package dev.laneway.services;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka ends its JVM when it cannot go on: a failed disk, a damaged metadata log. This JVM is not its own, so that wish
 * becomes a failure of every broker that runs here; Kafka does not say which of them it was.
 */
final class KafkaExits implements AutoCloseable {
    private static final Set<KafkaExits> WATCHED = ConcurrentHashMap.newKeySet();

    static {
        Exit.setExitProcedure(KafkaExits::exit);
        Exit.setHaltProcedure(KafkaExits::exit);
    }

    private final CompletableFuture<String> wanted = new CompletableFuture<>();

    private KafkaExits() {}

    static KafkaExits watch() {
        KafkaExits exits = new KafkaExits();
        WATCHED.add(exits);
        return exits;
    }

    /** Completes with Kafka's reason when it wants to end this JVM. */
    CompletableFuture<String> wanted() {
        return wanted;
    }

    private static void exit(int status, String message) {
        String why = message == null || message.isBlank() ? "it cannot go on (status " + status + ")" : message;
        WATCHED.forEach(exits -> exits.wanted.complete(why));
        // An exit does not return to its caller: this ends the one thread of Kafka that asked for it.
        throw new IllegalStateException("Kafka halted: " + why);
    }

    @Override
    public void close() {
        WATCHED.remove(this);
    }
}
