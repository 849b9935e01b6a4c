package dev.laneway.ingress.auth;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.MasterKeys;
import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretValues;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.control.ConfigInForce;
import dev.laneway.runtime.control.ControlView;
import dev.laneway.runtime.role.RoleContext;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of the keys that open everything: the environment's, else the config's, else the one generated at first start; and the
 * admin keys. Read on any thread.
 */
public final class KeysInForce implements Supplier<List<byte[]>> {
    private static final long READ_AGAIN_MILLIS = Duration.ofSeconds(5).toMillis();

    private final Environment environment;
    private final Supplier<SecretValues> literals;
    private final Supplier<Optional<SecretRef>> ofTheFile;
    private final Supplier<Optional<String>> generated;
    private volatile Stated stated;

    /**
     * What environment and config state.
     *
     * @param master whether a master key is among them: then the generated one is none
     */
    private record Stated(boolean master, List<byte[]> digests) {}

    /**
     * Reads the keys once; may block on a file.
     *
     * @param ofTheFile the config's
     * @param generated lower-case hex digest of the generated one
     */
    KeysInForce(
            Environment environment,
            Supplier<SecretValues> literals,
            Supplier<Optional<SecretRef>> ofTheFile,
            Supplier<Optional<String>> generated) {
        this.environment = environment;
        this.literals = literals;
        this.ofTheFile = ofTheFile;
        this.generated = generated;
        this.stated = read();
    }

    /** Those of a process. */
    public static KeysInForce of(RoleContext outside) {
        ControlView control = outside.control();
        return new KeysInForce(
                outside.environment(),
                outside.literals(),
                () -> control.config().map(ConfigInForce::config).map(KeysInForce::masterKey),
                control::masterKeyHash);
    }

    /** Reads them again with each config and every few seconds, in the background. @return the timer, to be cancelled */
    public long watch(Vertx vertx, ControlView control) {
        control.onConfig(vertx.getOrCreateContext(), config -> readAgain(vertx));
        return vertx.setPeriodic(READ_AGAIN_MILLIS, id -> readAgain(vertx));
    }

    @Override
    public List<byte[]> get() {
        Stated now = stated;
        String hash = now.master ? null : generated.get().orElse(null);
        if (hash == null) {
            return now.digests;
        }
        List<byte[]> all = new ArrayList<>(now.digests);
        all.add(HexFormat.of().parseHex(hash));
        return all;
    }

    /** Reads them again; may block on a file. */
    void refresh() {
        stated = read();
    }

    private void readAgain(Vertx vertx) {
        var _ = vertx.executeBlocking(() -> {
            refresh();
            return null;
        });
    }

    private Stated read() {
        Secrets secrets = new Secrets(environment, literals.get());
        MasterKeys keys = MasterKeys.fromEnvironment(ofTheFile.get().orElse(null), secrets);
        List<byte[]> digests = new ArrayList<>();
        keys.master().ifPresent(key -> digests.add(MasterKeyAuthenticator.sha256(key.reveal())));
        keys.admins().forEach(key -> digests.add(MasterKeyAuthenticator.sha256(key.reveal())));
        return new Stated(keys.master().isPresent(), List.copyOf(digests));
    }

    private static @Nullable SecretRef masterKey(GatewayConfig config) {
        return config.masterKey();
    }
}
