package dev.laneway.accounting.control;

import io.vertx.core.Future;
import java.util.Optional;

/** Keeps the SHA-256 of the generated master key, lower-case hex. */
public interface MasterKeyStore {
    Future<Optional<String>> find();

    /** Adds it where there is none. @return whether it was added */
    Future<Boolean> add(String sha256);
}
