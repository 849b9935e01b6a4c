package dev.laneway.e2e;

import dev.laneway.runtime.rate.ProcessRates;
import dev.laneway.runtime.rate.RateStore;
import io.vertx.core.Future;
import java.util.function.Supplier;

class ProcessRatesTest extends RateStoreContract {
    private long ahead;
    private final ProcessRates rates = new ProcessRates(() -> System.currentTimeMillis() + ahead);

    @Override
    <T> T on(Supplier<Future<T>> step) {
        return step.get().result();
    }

    @Override
    RateStore store() {
        return rates;
    }

    @Override
    void later(long millis) {
        ahead += millis;
    }
}
