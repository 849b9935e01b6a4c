package dev.laneway.accounting.control;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.KeyGenerator;
import dev.laneway.runtime.config.SecretText;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a master key: where neither environment nor config has one, the first round makes one, keeps its hash
 * in the database, publishes that, and then shows the key once. Later rounds, and later starts, only see that database and topic
 * hold the same hash. Belongs to one context; one round at a time.
 */
public final class MasterKeyKeeper {
    private final Supplier<Future<Boolean>> configured;
    private final ControlLog log;
    private final ControlSink sink;
    private final MasterKeyStore store;
    private final Supplier<SecretText> generator;
    private final Consumer<SecretText> show;
    /** Made, and not shown yet. */
    private @Nullable SecretText made;

    private boolean stored;

    /**
     * @param configured whether environment or config have a key now
     * @param show is given the clear key, once, after its hash is in force
     */
    public MasterKeyKeeper(
            Supplier<Future<Boolean>> configured,
            ControlLog log,
            ControlSink sink,
            MasterKeyStore store,
            Supplier<SecretText> generator,
            Consumer<SecretText> show) {
        this.configured = Objects.requireNonNull(configured, "configured");
        this.log = Objects.requireNonNull(log, "log");
        this.sink = Objects.requireNonNull(sink, "sink");
        this.store = Objects.requireNonNull(store, "store");
        this.generator = Objects.requireNonNull(generator, "generator");
        this.show = Objects.requireNonNull(show, "show");
    }

    /** Fails where database or broker do not answer; the next round goes on where this one stopped. */
    public Future<Void> round() {
        Control.MasterKey published = log.masterKey().orElse(null);
        if (published != null) {
            return stored
                    ? Future.succeededFuture()
                    : store.add(published.sha256()).map(added -> {
                        stored = true;
                        return null;
                    });
        }
        return configured.get().compose(there -> there ? Future.succeededFuture() : provide());
    }

    private Future<Void> provide() {
        return store.find()
                .compose(found -> found.map(Future::succeededFuture).orElseGet(this::make))
                .compose(this::publish);
    }

    private Future<String> make() {
        SecretText key = made == null ? generator.get() : made;
        String hash = KeyGenerator.hash(key);
        made = key; // before it is stored: an insert whose answer is lost must not lose the key
        return store.add(hash)
                .compose(added ->
                        added ? Future.succeededFuture(hash) : store.find().map(found -> found.orElse(hash)));
    }

    private Future<Void> publish(String hash) {
        return sink.publish(new Control.MasterKey(1, hash)).map(done -> {
            stored = true;
            SecretText key = made;
            made = null;
            if (key != null && KeyGenerator.hash(key).equals(hash)) {
                show.accept(key);
            }
            return null;
        });
    }
}
