package dev.laneway.provider;

import dev.laneway.runtime.role.RunningRole;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Provider-workers at work. */
final class RunningProvider implements RunningRole {
    private final String name;
    private final List<WorkerVerticle> workers;
    private final AtomicReference<@Nullable Future<Void>> draining = new AtomicReference<>();

    RunningProvider(String name, List<WorkerVerticle> workers) {
        this.name = name;
        this.workers = List.copyOf(workers);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> notReady() {
        List<String> reasons = new ArrayList<>();
        if (draining.get() != null) {
            reasons.add("draining");
        }
        for (WorkerVerticle worker : workers) {
            if (!worker.reading()) {
                reasons.add("zone " + worker.zone().id() + " does not read its topics yet");
            }
        }
        return reasons;
    }

    @Override
    public Future<Void> drain(Duration patience) {
        Promise<Void> all = Promise.promise();
        Future<Void> before = draining.compareAndExchange(null, all.future());
        if (before != null) {
            return before;
        }
        Future.join(workers.stream().map(worker -> worker.drain(patience)).toList())
                .<Void>mapEmpty()
                .onComplete(all);
        return all.future();
    }
}
