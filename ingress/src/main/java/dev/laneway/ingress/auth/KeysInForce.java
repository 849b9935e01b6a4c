package dev.laneway.ingress.auth;

import dev.laneway.runtime.config.MasterKeys;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.control.ConfigInForce;
import dev.laneway.runtime.role.RoleContext;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of the keys that open everything: the environment's, else the config's, else the one generated at first start; and the
 * admin keys. A key in a file is read again every few seconds. Read on any thread.
 */
public final class KeysInForce implements Supplier<List<byte[]>>, AutoCloseable {
    private static final long READ_AGAIN_MILLIS = Duration.ofSeconds(5).toMillis();

    private final RoleContext outside;
    private volatile Stated stated = new Stated(false, List.of());
    private long timer;

    /**
     * What environment and config state.
     *
     * @param master whether a master key is among them: then the generated one is none
     */
    private record Stated(boolean master, List<byte[]> digests) {}

    private KeysInForce(RoleContext outside) {
        this.outside = outside;
        this.stated = read();
    }

    /** Reads them now, and again as they may change, in the background. Reads the environment's files once on the caller's thread. */
    public static KeysInForce watch(RoleContext outside) {
        KeysInForce keys = new KeysInForce(outside);
        Vertx vertx = outside.vertx();
        outside.control().onConfig(vertx.getOrCreateContext(), config -> keys.readAgain());
        keys.timer = vertx.setPeriodic(READ_AGAIN_MILLIS, id -> keys.readAgain());
        return keys;
    }

    @Override
    public List<byte[]> get() {
        Stated now = stated;
        if (now.master) {
            return now.digests;
        }
        String generated = outside.control().masterKeyHash().orElse(null);
        if (generated == null) {
            return now.digests;
        }
        List<byte[]> all = new ArrayList<>(now.digests);
        all.add(HexFormat.of().parseHex(generated));
        return all;
    }

    @Override
    public void close() {
        outside.vertx().cancelTimer(timer);
    }

    private void readAgain() {
        outside.vertx().executeBlocking(this::read).onSuccess(read -> stated = read);
    }

    private Stated read() {
        Secrets secrets = new Secrets(outside.environment(), outside.literals().get());
        MasterKeys keys = MasterKeys.fromEnvironment(outside.environment(), ofTheFile(), secrets);
        List<byte[]> digests = new ArrayList<>();
        keys.master().ifPresent(key -> digests.add(MasterKeyAuthenticator.sha256(key.reveal())));
        keys.admins().forEach(key -> digests.add(MasterKeyAuthenticator.sha256(key.reveal())));
        return new Stated(keys.master().isPresent(), List.copyOf(digests));
    }

    private @Nullable SecretRef ofTheFile() {
        return outside.control()
                .config()
                .map(ConfigInForce::config)
                .map(config -> config.masterKey())
                .orElse(null);
    }
}
